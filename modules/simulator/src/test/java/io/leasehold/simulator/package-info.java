/**
 * Whole clusters on one thread and from one seed: the production core, coordinators and workers against a simulated log,
 * ZooKeeper, network and clocks, held against the guarantees after every step. Read {@code Simulation} first.
 */
package io.leasehold.simulator;
