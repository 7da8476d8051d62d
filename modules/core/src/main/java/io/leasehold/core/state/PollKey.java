package io.leasehold.core.state;

/** Names one poll of one worker, however often it is repeated. */
record PollKey(String worker, String pollId) {}
