package io.leasehold.cli.config;

import io.leasehold.server.config.ConfigSources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say where a coordinator's configuration comes from. */
public final class ConfigFlags {
    @Option(names = "--config", paramLabel = "FILE", description = "A properties file.")
    private Path file;

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description = "A setting that goes over all others; may be given several times.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    /**
     * The file, the environment and the overrides, in that order.
     *
     * @throws io.leasehold.server.config.InvalidConfigException if the file cannot be read
     */
    public ConfigSources sources() {
        ConfigSources sources = new ConfigSources();
        if (file != null) {
            sources.file(file);
        }
        return sources.environment(System.getenv()).overrides(overrides);
    }
}
