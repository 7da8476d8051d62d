/**
 * Holds a history against the guarantees. It knows nothing of the product but what clients were told; each guarantee is a
 * class of its own.
 */
package io.leasehold.chaos.judge;
