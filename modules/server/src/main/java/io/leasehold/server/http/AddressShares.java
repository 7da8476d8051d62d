package io.leasehold.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How much of something each address holds, and no more than its share. Loopback, behind which a proxy may stand, and other
 * coordinators are exempt. Of IPv6, the 64 bits of the network count, since one host has all the rest. Thread-safe.
 */
final class AddressShares {
    private static final int NETWORK_BYTES = 8;

    private final int share;
    private final Predicate<InetAddress> exempt;
    private final Map<InetAddress, Integer> held = new ConcurrentHashMap<>();

    /** @param share of one address */
    AddressShares(int share, Predicate<InetAddress> exempt) {
        this.share = share;
        this.exempt = exempt;
    }

    /**
     * Takes one more.
     *
     * @return what gives it back, which may be run more than once; null if the address has its share
     */
    Runnable take(InetAddress address) {
        if (address == null || address.isLoopbackAddress() || exempt.test(address)) {
            return () -> {};
        }
        InetAddress key = network(address);
        boolean[] taken = new boolean[1];
        held.compute(key, (any, before) -> {
            int now = before == null ? 0 : before;
            taken[0] = now < share;
            return taken[0] ? Integer.valueOf(now + 1) : before;
        });
        return taken[0] ? new Once(() -> give(key)) : null;
    }

    private void give(InetAddress key) {
        held.computeIfPresent(key, (any, before) -> before == 1 ? null : before - 1);
    }

    /** How many addresses hold something. */
    int size() {
        return held.size();
    }

    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private static final class Once implements Runnable {
        private Runnable action;

        Once(Runnable action) {
            this.action = action;
        }

        @Override
        public synchronized void run() {
            Runnable once = action;
            action = null;
            if (once != null) {
                once.run();
            }
        }
    }
}
