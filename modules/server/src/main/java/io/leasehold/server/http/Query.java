package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Names;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parameters of a request's query, checked. */
final class Query {
    private Query() {}

    /** {@code shards=0,2}: which shards to ask; all if it is not given. */
    static List<Integer> shards(Exchange exchange, int shards) throws InvalidRequest {
        String text = exchange.queryParam("shards");
        if (text == null) {
            return IntStream.range(0, shards).boxed().toList();
        }
        TreeSet<Integer> wanted = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            wanted.add(integer("shards", part, 0, shards - 1));
        }
        return List.copyOf(wanted);
    }

    /** {@code queue=NAME}, or null. */
    static String queue(Exchange exchange) throws InvalidRequest {
        String queue = exchange.queryParam("queue");
        if (queue != null && !Names.isValid(queue)) {
            throw new InvalidRequest("queue", queue, "1 to 200 bytes of printable UTF-8");
        }
        return queue;
    }

    static int integer(String field, String text, int min, int max) throws InvalidRequest {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidRequest(field, text, "an integer from " + min + " to " + max);
    }

    static String listOf(List<Integer> shards) {
        return shards.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
