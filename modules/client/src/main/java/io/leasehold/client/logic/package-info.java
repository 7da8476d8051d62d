/**
 * How a worker decides, without threads, clocks, chance or I/O: what happened goes in, with the time; what to do comes out.
 *
 * <p>{@link io.leasehold.client.logic.WorkerLogic} is called by one thread at a time: in production by the worker's loop,
 * in tests and simulations by hand. Times are milliseconds of a clock that never goes back and that
 * counts the sleep of its machine too: {@link io.leasehold.client.logic.WorkerClock}, which reads what it is given.
 */
package io.leasehold.client.logic;
