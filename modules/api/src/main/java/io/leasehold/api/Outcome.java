package io.leasehold.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a leased task, as its worker reports it. */
public enum Outcome {
    @JsonProperty("success")
    SUCCESS,
    @JsonProperty("failure")
    FAILURE,
    /** Given back untouched: it counts neither as a failure nor as an expiry. */
    @JsonProperty("release")
    RELEASE
}
