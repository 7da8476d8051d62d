/**
 * What an operator can set: every key with its unit, default and bounds, in one table; where values come from; and the page
 * that explains them. Read once, by the thread that starts the process.
 */
package io.leasehold.server.config;
