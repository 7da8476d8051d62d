/** The network between the processes, as a thing that can be cut. */
package io.leasehold.chaos.net;
