/**
 * The command line: {@code scripts/leasehold} starts {@link io.leasehold.cli.Leasehold}, whose commands lie in the packages
 * below, by what they deal with. Every command runs on the main thread.
 */
package io.leasehold.cli;
