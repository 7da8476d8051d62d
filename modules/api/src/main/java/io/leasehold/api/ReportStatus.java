package io.leasehold.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer to one report. */
public enum ReportStatus {
    @JsonProperty("ok")
    OK,
    /** The lease was not the worker's any more; the report changed nothing. */
    @JsonProperty("lost")
    LOST,
    /** The task had ended already; the report changed nothing. */
    @JsonProperty("ended")
    ENDED,
    /** No verdict: report again. */
    @JsonEnumDefaultValue
    @JsonProperty("retry")
    RETRY
}
