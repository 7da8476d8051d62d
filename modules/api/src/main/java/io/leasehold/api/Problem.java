package io.leasehold.api;

/**
 * The body of every error, {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code urn:leasehold:problem:} and the code
 * @param code a {@link ProblemCode}'s word
 * @param field the field at fault, or null
 */
public record Problem(
        String type, String title, int status, String detail, String instance, String code, String field) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemCode code, String detail) {
        return of(code, detail, null);
    }

    public static Problem of(ProblemCode code, String detail, String field) {
        return new Problem(code.type(), code.title(), code.status(), detail, null, code.word(), field);
    }

    public static Problem of(InvalidRequest e) {
        ProblemCode code = e instanceof InvalidTask ? ProblemCode.INVALID_TASK : ProblemCode.INVALID_REQUEST;
        return of(code, e.getMessage(), e.field());
    }

    /** The same problem, naming the request that met it. */
    public Problem at(String instance) {
        return new Problem(type, title, status, detail, instance, code, field);
    }
}
