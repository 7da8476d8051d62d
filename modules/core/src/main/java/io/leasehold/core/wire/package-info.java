/** How the journal spells numbers, text and bytes. */
package io.leasehold.core.wire;
