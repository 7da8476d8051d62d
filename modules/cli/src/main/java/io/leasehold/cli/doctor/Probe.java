package io.leasehold.cli.doctor;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import io.leasehold.cli.http.Figures;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * What one coordinator said when it was asked at its advertised address.
 *
 * @param reached whether it answered at all
 * @param why it is not reached or not ready; null if it is both
 * @param aheadMs by how much its clock is ahead of this machine's; right within half of {@code roundTripMs}
 * @param figures null if it is not reached
 * @param view the cluster as it knows it; null if it is not reached
 */
record Probe(
        String id,
        String url,
        boolean reached,
        String why,
        long aheadMs,
        long roundTripMs,
        Figures figures,
        ClusterView view) {

    static Probe of(String id, String url, Duration patience) {
        try {
            Coordinator coordinator = Coordinator.at(URI.create(url), patience);
            coordinator.get(Routes.LIVE);
            HttpResponse<byte[]> ready = coordinator.getForAnswer(Routes.READY);
            String why = ready.statusCode() == 200 ? null : failing(ready.body());
            ClusterView view = Json.readAnswer(coordinator.get(Routes.CLUSTER), ClusterView.class);
            long[] clock = clock(coordinator);
            return new Probe(id, url, true, why, clock[0], clock[1], Figures.of(coordinator), view);
        } catch (Failure | IllegalArgumentException | UncheckedIOException e) {
            String why = e.getMessage().lines().findFirst().orElse("").replace("no coordinator at " + url + ": ", "");
            return new Probe(id, url, false, why, 0, 0, null, null);
        }
    }

    /** Asked as another coordinator would: then the answer is made at once, and not handed out for a second. */
    private static long[] clock(Coordinator coordinator) {
        long sentMs = System.currentTimeMillis();
        long sentNanos = System.nanoTime();
        ClusterView now = Json.readAnswer(coordinator.getForwarded(Routes.CLUSTER), ClusterView.class);
        long roundTripMs = (System.nanoTime() - sentNanos) / 1_000_000;
        return new long[] {now.asOf() - (sentMs + roundTripMs / 2), roundTripMs};
    }

    private static String failing(byte[] checks) {
        return new String(checks, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("[-] "))
                .map(line -> line.substring("[-] ".length()))
                .collect(Collectors.joining("; "));
    }
}
