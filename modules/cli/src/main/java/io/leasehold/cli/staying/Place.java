package io.leasehold.cli.staying;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --directory}. */
final class Place {
    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.leasehold/cluster",
            description = "Where the cluster lies (default: ~/.leasehold/cluster).")
    private Path directory;

    StayingCluster cluster() {
        return new StayingCluster(directory);
    }
}
