/**
 * What the parts of Leasehold cost by themselves, without a network, a disk or another process. Run by JMH, which makes the
 * threads.
 */
package io.leasehold.benchmarks;
