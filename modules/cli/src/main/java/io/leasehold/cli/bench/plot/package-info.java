/** {@code leasehold bench plot}: draws what the other benches printed as JSON. Called on the main thread. */
package io.leasehold.cli.bench.plot;
