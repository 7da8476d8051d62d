/**
 * {@code leasehold verify}, and the same for whoever wants to judge a cluster from a program; {@code leasehold journal}.
 * Everything runs on the caller's thread.
 */
package io.leasehold.cli.verify;
