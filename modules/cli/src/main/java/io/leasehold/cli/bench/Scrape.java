package io.leasehold.cli.bench;

import io.leasehold.api.Routes;
import io.leasehold.cli.http.Coordinator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The figures at a coordinator's {@code /metrics}, at one moment. */
public final class Scrape {
    private final Map<String, Double> values = new HashMap<>();

    public static Scrape of(Coordinator coordinator) {
        Scrape scrape = new Scrape();
        new String(coordinator.get(Routes.METRICS), StandardCharsets.UTF_8)
                .lines()
                .forEach(scrape::line);
        return scrape;
    }

    private void line(String line) {
        int blank = line.lastIndexOf(' ');
        if (!line.startsWith("#") && blank > 0) {
            values.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
        }
    }

    /** Of a shard; 0 if there is no such figure. */
    public double ofShard(String name, int shard) {
        return values.getOrDefault(name + "{shard=\"" + shard + "\"}", 0.0);
    }
}
