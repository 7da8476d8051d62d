/** Faults: what can be done to the processes and the network between them, in which order, and how it is healed. */
package io.leasehold.chaos.fault;
