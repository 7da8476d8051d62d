package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;

/**
 * The edge does not take a request, whatever it asks for.
 *
 * @param closes whether the connection ends with it, where it carries one request at a time: what follows cannot be trusted,
 *     or is not worth reading
 */
record Denial(EdgeRefusal why, Problem problem, boolean closes) {

    static Denial of(EdgeRefusal why, ProblemCode code, InvalidRequest fault) {
        return new Denial(why, Problem.of(code, fault.getMessage(), fault.field()), true);
    }
}
