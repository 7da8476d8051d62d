/**
 * {@code leasehold worker}: runs a command for every task. The SDK calls the handler on threads of its own, one a running
 * task; each run reads its command's output on two more.
 */
package io.leasehold.cli.worker;
