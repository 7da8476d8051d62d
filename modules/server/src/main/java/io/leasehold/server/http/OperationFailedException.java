package io.leasehold.server.http;

/** ZooKeeper or Kafka did not do what an operator asked for, or it is not known whether they did; the message says why. */
public final class OperationFailedException extends Exception {
    public OperationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
