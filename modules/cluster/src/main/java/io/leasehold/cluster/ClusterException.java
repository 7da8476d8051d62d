package io.leasehold.cluster;

/** ZooKeeper is out of reach, or says something that this coordinator cannot live with. The message is for the operator. */
public final class ClusterException extends RuntimeException {
    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
