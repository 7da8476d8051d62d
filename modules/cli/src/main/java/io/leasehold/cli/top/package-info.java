/** {@code leasehold top}: two samples make a snapshot, which is drawn or printed. Main thread. */
package io.leasehold.cli.top;
