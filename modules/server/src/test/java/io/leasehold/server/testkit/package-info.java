/** Coordinators in memory, and a plain HTTP client, for the tests of the edge. */
package io.leasehold.server.testkit;
