/** What is asked for and how it can end: values without behaviour, shared by every room. */
package io.leasehold.core.task;
