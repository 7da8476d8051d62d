package io.leasehold.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Values that are good one by one and not together. */
final class Contradictions {
    private Contradictions() {}

    static List<String> of(CoordinatorConfig config) {
        List<String> faults = new ArrayList<>();
        address(config, faults);
        proof(config, faults);
        return faults;
    }

    private static void address(CoordinatorConfig config, List<String> faults) {
        String address = config.getString("listen.address");
        InetAddress resolved;
        try {
            resolved = InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            faults.add(InvalidConfigException.fault("listen.address", address, "an address that can be resolved"));
            return;
        }
        if (!resolved.isLoopbackAddress() && !config.getBoolean("listen.insecure")) {
            faults.add(InvalidConfigException.fault(
                    "listen.address",
                    address,
                    "a loopback address, or listen.insecure=true: there is no authentication yet"));
        }
        if (resolved.isAnyLocalAddress() && config.getString("advertised.url").isEmpty()) {
            faults.add(InvalidConfigException.fault(
                    "advertised.url", null, "http://host:port, since listen.address is " + address));
        }
    }

    private static void proof(CoordinatorConfig config, List<String> faults) {
        int tickMs = config.getInt("tick.ms");
        int proofMs = config.getInt("proof.max.age.ms");
        if (proofMs < 2 * tickMs) {
            faults.add(InvalidConfigException.fault(
                    "proof.max.age.ms", proofMs, "at least twice tick.ms, which is " + tickMs));
        }
    }
}
