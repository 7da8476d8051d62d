package io.leasehold.cli.scale;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.output.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Watches shards move, and waits until all is as it should be. Not thread-safe. */
public final class MoveWatch {
    private static final long PAUSE_MS = 200;
    /** The assigner gathers what changes, and a picture may be a second old: calm counts once it has lasted. */
    private static final long CALM_NANOS = Duration.ofMillis(2_500).toNanos();

    private record Owned(String owner, long epoch) {}

    private final ClusterPictures pictures;
    private final Screen screen;
    private final Map<Integer, Owned> last = new HashMap<>();
    private final List<ShardMove> moves = new ArrayList<>();
    private ClusterView view;

    /** Takes down how things stand before anything is changed. */
    public MoveWatch(ClusterPictures pictures, Screen screen) {
        this.pictures = pictures;
        this.screen = screen;
        this.view = pictures.now();
        view.shards().forEach(shard -> last.put(shard.shard(), new Owned(shard.owner(), shard.epoch())));
    }

    /** As last seen. */
    public ClusterView view() {
        return view;
    }

    /** What has moved since this began, in order. */
    public List<ShardMove> moves() {
        return List.copyOf(moves);
    }

    /**
     * Returns once the picture is as wanted and the shards are at rest, and has stayed so for a while.
     *
     * @param missing what is still missing in a picture, or null if nothing is
     * @throws Failure if that takes too long
     */
    public void await(Function<ClusterView, String> missing, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long calmSince = System.nanoTime();
        while (System.nanoTime() - calmSince < CALM_NANOS) {
            String why = look(missing);
            if (why != null) {
                calmSince = System.nanoTime();
                screen.show(List.of("waiting: " + why));
                if (System.nanoTime() > deadline) {
                    throw new Failure("not done after " + patience.toSeconds() + " s: " + why
                            + "\nIt goes on by itself; see: leasehold cluster");
                }
            }
            pause();
        }
    }

    /** Watches until something else is over, or for as long as the patience lasts. */
    public void watchUntil(BooleanSupplier over, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!over.getAsBoolean() && System.nanoTime() < deadline) {
            look(view -> null);
            pause();
        }
    }

    private String look(Function<ClusterView, String> missing) {
        try {
            view = pictures.now();
        } catch (Failure e) {
            return "no coordinator answers";
        }
        view.shards().forEach(this::see);
        String unrest = Rest.missing(view);
        return unrest == null ? missing.apply(view) : unrest;
    }

    private void see(ClusterView.ShardView shard) {
        Owned before = last.getOrDefault(shard.shard(), new Owned(null, 0));
        if (shard.epoch() > before.epoch() && shard.owner() != null && "active".equals(shard.status())) {
            last.put(shard.shard(), new Owned(shard.owner(), shard.epoch()));
            String from = before.epoch() == 0 ? null : before.owner();
            moves.add(new ShardMove(shard.shard(), from, shard.owner(), from == null ? null : shard.unownedMs()));
            screen.news(moves.get(moves.size() - 1).text());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}
