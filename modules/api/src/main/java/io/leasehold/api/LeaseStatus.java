package io.leasehold.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer to one lease of a heartbeat. */
public enum LeaseStatus {
    /** Renewed: the worker may believe in it for another {@code leaseMs} from when it sent the heartbeat. */
    @JsonProperty("ok")
    OK,
    @JsonProperty("lost")
    LOST,
    @JsonProperty("cancelled")
    CANCELLED,
    /** No verdict: ask again. */
    @JsonEnumDefaultValue
    @JsonProperty("retry")
    RETRY
}
