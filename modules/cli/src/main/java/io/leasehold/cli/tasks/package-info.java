/** Commands on tasks, queues and the cluster: each asks a coordinator and prints the answer. They run on the main thread. */
package io.leasehold.cli.tasks;
