package io.leasehold.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Addresses of coordinators as users write them. */
final class Urls {
    private Urls() {}

    /** Checked, without a slash at the end. */
    static List<String> checked(String url, String... more) {
        List<String> urls = new ArrayList<>();
        urls.add(checked(url));
        for (String each : more) {
            urls.add(checked(each));
        }
        return List.copyOf(urls);
    }

    private static String checked(String url) {
        String bare = url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!isAddress(bare)) {
            throw new IllegalArgumentException("url: " + url + " (expected: http://host:port)");
        }
        return bare;
    }

    private static boolean isAddress(String url) {
        try {
            URI uri = new URI(url == null ? "" : url);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return scheme && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
