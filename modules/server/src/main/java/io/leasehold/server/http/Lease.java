package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.coordinator.lease.LeaseTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One entry of a request about leases, with what its token stands for.
 *
 * <p>A token that this cluster did not make is answered {@code lost} among others that it did make, for one broken token must
 * not cost a worker all its leases; if no token of a request is good, the request is refused and the first is named. A token
 * whose key is not known here gets no verdict, {@code retry}: another coordinator may know it, and so may this one soon.
 *
 * @param opened null if this cluster did not make the token, or nobody here can say
 * @param isOfUnknownKey whether nobody here can say
 */
record Lease<E>(E entry, LeaseTokens.Opened opened, boolean isOfUnknownKey) {

    static <E> List<Lease<E>> open(List<E> entries, String field, Function<E, String> token, LeaseTokens tokens)
            throws InvalidRequest {
        List<Lease<E>> leases = new ArrayList<>(entries.size());
        boolean anyGood = false;
        for (E entry : entries) {
            LeaseTokens.Opened opened = tokens.open(token.apply(entry));
            boolean unknown = opened == null && tokens.isOfUnknownKey(token.apply(entry));
            anyGood |= opened != null || unknown;
            leases.add(new Lease<>(entry, opened, unknown));
        }
        if (!anyGood) {
            throw new InvalidRequest(field, token.apply(entries.get(0)), "a lease token that this cluster made");
        }
        return leases;
    }

    /** Its shard; -1 if it has none. */
    int shard() {
        return opened == null ? -1 : opened.shard();
    }
}
