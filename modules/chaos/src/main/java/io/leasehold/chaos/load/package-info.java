/** What uses the cluster: workers, submitters, cancels and redrives; each writes down what it asked and was told. */
package io.leasehold.chaos.load;
