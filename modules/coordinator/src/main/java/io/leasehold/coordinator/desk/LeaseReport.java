package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Report;

/** A report on the lease with this fence. */
public record LeaseReport(long fence, Report report) {}
