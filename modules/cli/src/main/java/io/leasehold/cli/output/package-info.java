/** How data is printed: tables for people, JSON for programs. Called by the commands, on the main thread. */
package io.leasehold.cli.output;
