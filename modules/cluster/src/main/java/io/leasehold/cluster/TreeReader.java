package io.leasehold.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.KeeperException;

/** Reads the nodes that the map is made of, all requests at once; the answers come on Curator's thread. */
final class TreeReader {
    /** @param version of the content, for compare-and-set */
    record Node(byte[] content, int version) {}

    private interface Request {
        void send(BackgroundCallback answer) throws Exception;
    }

    private interface Reading<T> {
        T of(CuratorEvent event);
    }

    private final CuratorFramework client;
    private final ClusterPaths paths;

    TreeReader(CuratorFramework client, ClusterPaths paths) {
        this.client = client;
        this.paths = paths;
    }

    /** Every node that is there, by path. */
    CompletableFuture<Map<String, Optional<Node>>> all() {
        List<CompletableFuture<List<String>>> listings = Stream.of(
                        paths.coordinators(), paths.owners(), paths.caughtUps(), paths.witnesses())
                .map(this::children)
                .toList();
        return CompletableFuture.allOf(listings.toArray(CompletableFuture[]::new))
                .thenCompose(listed -> some(Stream.concat(
                                Stream.of(paths.assignment(), paths.pin(), paths.directives()),
                                listings.stream().flatMap(listing -> listing.join().stream()))
                        .toList()));
    }

    /** Each of these nodes, or empty if it is not there. */
    CompletableFuture<Map<String, Optional<Node>>> some(Collection<String> wanted) {
        Map<String, Optional<Node>> found = new ConcurrentHashMap<>();
        return CompletableFuture.allOf(wanted.stream()
                        .map(path -> node(path).thenAccept(node -> found.put(path, node)))
                        .toArray(CompletableFuture[]::new))
                .thenApply(done -> found);
    }

    private CompletableFuture<Optional<Node>> node(String path) {
        return ask(
                path,
                answer -> client.getData().inBackground(answer).forPath(path),
                event -> new Node(event.getData(), event.getStat().getVersion()));
    }

    private CompletableFuture<List<String>> children(String path) {
        return ask(
                        path,
                        answer -> client.getChildren().inBackground(answer).forPath(path),
                        event -> event.getChildren().stream()
                                .map(child -> path + "/" + child)
                                .toList())
                .thenApply(children -> children.orElse(List.of()));
    }

    private static <T> CompletableFuture<Optional<T>> ask(String path, Request request, Reading<T> reading) {
        CompletableFuture<Optional<T>> future = new CompletableFuture<>();
        try {
            request.send((ignored, event) -> {
                switch (KeeperException.Code.get(event.getResultCode())) {
                    case OK -> future.complete(Optional.of(reading.of(event)));
                    case NONODE -> future.complete(Optional.empty());
                    default ->
                        future.completeExceptionally(
                                KeeperException.create(KeeperException.Code.get(event.getResultCode()), path));
                }
            });
        } catch (Exception e) {
            future.completeExceptionally(e);
        }
        return future;
    }
}
