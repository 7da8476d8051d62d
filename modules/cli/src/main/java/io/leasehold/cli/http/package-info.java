/** Asks a coordinator over HTTP, one request at a time. Called by the commands, on the main thread. */
package io.leasehold.cli.http;
