package io.leasehold.server.forward;

/** A request could not be forwarded, or its answer was lost. */
public final class ForwardFailedException extends Exception {
    private final boolean sent;

    ForwardFailedException(String owner, boolean sent, Throwable cause) {
        super(owner + (sent ? " did not answer: " : " could not be reached: ") + cause, cause, false, false);
        this.sent = sent;
    }

    /** Whether the owner may have received the request. */
    public boolean wasSent() {
        return sent;
    }
}
