package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of dead letters ended: the shard, and the task's number in its order of admission. */
record DeadCursor(int shard, long number) {
    static final DeadCursor START = new DeadCursor(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\.(\\d{1,18})");

    static DeadCursor parse(String text) throws InvalidRequest {
        if (text == null) {
            return START;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequest("after", text, "the next of an earlier answer");
        }
        return new DeadCursor(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    String text() {
        return shard + "." + number;
    }
}
