package io.leasehold.server;

import io.leasehold.server.config.CoordinatorConfig;
import io.leasehold.server.config.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who this coordinator is and where it is found, with what the configuration leaves open filled in. */
record Identity(String id, String address, int port, String url) {
    /** These name every host, so none. */
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

    static Identity of(CoordinatorConfig config) {
        String address = config.getString("listen.address");
        int port = config.getInt("listen.port");
        int chosen = port == 0 ? freePort(address) : port;
        String id = config.getString("coordinator.id");
        String url = config.getString("advertised.url");
        return new Identity(
                id.isEmpty() ? hostName() + "-" + chosen : id,
                address,
                chosen,
                url.isEmpty() ? "http://" + bracketed(address) + ":" + chosen : url);
    }

    /** What clients may call this coordinator: what is advertised, what is listened on, and what is configured. */
    Set<String> hosts(CoordinatorConfig config) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(URI.create(url).getHost());
        if (!WILDCARDS.contains(address)) {
            hosts.add(address);
        }
        Stream.of(config.getString("listen.hosts").split(","))
                .filter(host -> !host.isEmpty())
                .forEach(hosts::add);
        return hosts;
    }

    /** Needed before anything listens: the others are told the port first. */
    private static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (UnknownHostException e) {
            throw new InvalidConfigException(
                    List.of("listen.address: " + address + " (expected: an address that can be resolved)"));
        } catch (IOException e) {
            throw new UncheckedIOException("listen.port: 0 (expected: a free port at " + address + ")", e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            throw new InvalidConfigException(
                    List.of("coordinator.id: none (expected: a name, since this host has none)"));
        }
    }

    private static String bracketed(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}
