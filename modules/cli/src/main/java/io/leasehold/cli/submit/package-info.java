/** {@code leasehold submit}: reads tasks from flags or lines and hands them in over HTTP or Kafka. Runs on the main thread. */
package io.leasehold.cli.submit;
