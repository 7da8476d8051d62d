/** A coordinator's configuration on the command line: where it comes from, what is in force, and the page of all keys. */
package io.leasehold.cli.config;
