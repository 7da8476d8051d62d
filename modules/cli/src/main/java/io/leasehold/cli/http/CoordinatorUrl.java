package io.leasehold.cli.http;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a coordinator's address as it is typed. */
public final class CoordinatorUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            URI url = new URI(text);
            if ("http".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' (expected: http://HOST:PORT, as in http://127.0.0.1:8470)");
    }
}
