/** A map that costs no object an entry. */
package io.leasehold.core.table;
