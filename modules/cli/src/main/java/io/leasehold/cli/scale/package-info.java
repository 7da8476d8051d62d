/** Commands that change the shape of a running cluster: dry runs unless told to execute, and they say what moved. */
package io.leasehold.cli.scale;
