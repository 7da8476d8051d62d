package io.leasehold.server.http;

import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What clients may call this coordinator: {@code localhost}, an address of this host as a literal, or a configured name. Any
 * other name may be one that somebody let point here, for a browser to take this coordinator for his own site (DNS rebinding).
 * Ports are not compared, for they change on the way through a forwarded port. Thread-safe.
 */
final class OwnNames {
    /** In the configuration: any name. */
    static final String ANY = "*";

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Set<String> names = new HashSet<>();
    private final boolean any;
    private volatile Set<InetAddress> addresses = Set.of();
    private volatile long lookedNanos;

    /** @param configured names or addresses, without ports; {@value #ANY} for all */
    OwnNames(Collection<String> configured) {
        configured.forEach(name -> names.add(canonical(name)));
        names.add("localhost");
        any = names.contains(ANY);
        look();
    }

    /** @param authority {@code host} or {@code host:port} as a client wrote it */
    boolean isOurs(String authority) {
        HostAndPort parsed = HostAndPort.parseAuthority(authority, -1);
        if (parsed == null) {
            return false;
        }
        String host = canonical(parsed.host());
        return any || names.contains(host) || isOwnAddress(host);
    }

    private boolean isOwnAddress(String host) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        if (address == null) {
            return false;
        }
        if (address.isLoopbackAddress() || addresses.contains(address)) {
            return true;
        }
        if (System.nanoTime() - lookedNanos > KEPT_NANOS) {
            look();
        }
        return addresses.contains(address);
    }

    /** Hosts get and lose addresses while they run. */
    private void look() {
        lookedNanos = System.nanoTime();
        try {
            Set<InetAddress> found = new HashSet<>();
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> found.add(withoutScope(address)));
            addresses = found;
        } catch (SocketException e) {
            // The addresses that were known stay.
        }
    }

    private static InetAddress withoutScope(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? address : NetUtil.createInetAddressFromIpAddressString(text.substring(0, scope));
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        boolean bracketed = lower.startsWith("[") && lower.endsWith("]");
        String bare = bracketed ? lower.substring(1, lower.length() - 1) : lower;
        return bare.endsWith(".") && bare.length() > 1 ? bare.substring(0, bare.length() - 1) : bare;
    }
}
