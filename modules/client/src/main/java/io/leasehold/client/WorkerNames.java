package io.leasehold.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;

/** Names for workers that were given none. */
final class WorkerNames {
    private static final int MOST_HOST_CHARS = 64;

    private WorkerNames() {}

    /** The host's name, the process and a random part: two workers never share a name by accident. */
    static String generated() {
        String random = Integer.toHexString(new SecureRandom().nextInt());
        return host() + "-" + ProcessHandle.current().pid() + "-" + random;
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "");
            return host.substring(0, Math.min(host.length(), MOST_HOST_CHARS));
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
