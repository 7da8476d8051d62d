package io.leasehold.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the HTTP interface, as OpenAPI 3.1. */
public final class OpenApi {
    private OpenApi() {}

    /** The document as JSON in UTF-8. */
    public static byte[] document() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
