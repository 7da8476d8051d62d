package io.leasehold.api;

/** Where requests for tasks begin: {@code Task.of("images", "resize", new Resize(url, 200)).id("img-42").priority(5)}. */
public final class Task {
    private Task() {}

    /** @param payload anything that the codec can write as JSON; {@link RawJson} goes as it is; null for none */
    public static TaskRequest of(String queue, String type, Object payload) {
        return new TaskRequest(queue, type, payload);
    }

    public static TaskRequest of(String queue, Object payload) {
        return new TaskRequest(queue, null, payload);
    }
}
