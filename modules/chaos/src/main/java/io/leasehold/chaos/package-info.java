/**
 * Chaos on real processes: a cluster is used, hurt and healed for a while, and then judged by what its clients were told.
 * Read {@link io.leasehold.chaos.ChaosRun} first.
 */
package io.leasehold.chaos;
