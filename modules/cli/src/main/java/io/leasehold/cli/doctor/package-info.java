/**
 * {@code leasehold doctor}: facts are gathered by the examinations of {@code log} and {@code cluster} and over HTTP; what they
 * mean is decided by the verdicts, which know no client.
 */
package io.leasehold.cli.doctor;
