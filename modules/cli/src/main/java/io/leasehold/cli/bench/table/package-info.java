/** {@code leasehold bench table}: what the other benches printed as JSON, as one table. Called on the main thread. */
package io.leasehold.cli.bench.table;
