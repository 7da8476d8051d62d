package io.leasehold.server;

import io.leasehold.server.config.ConfigSources;
import io.leasehold.server.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code CoordinatorMain [--config FILE] [--override KEY=VALUE]...}: runs one coordinator until it is told to stop. */
public final class CoordinatorMain {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private CoordinatorMain() {}

    public static void main(String[] args) throws InterruptedException {
        CoordinatorProcess process = null;
        try {
            process = CoordinatorProcess.start(sources(args).read());
        } catch (InvalidConfigException e) {
            fail(e, WRONG_USAGE);
        } catch (RuntimeException e) {
            fail(e, FAILED);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "leasehold-stop"));
        System.out.println("Coordinator " + process.id() + " serves at " + process.url());
        process.awaitEnd();
    }

    private static ConfigSources sources(String[] args) {
        ConfigSources sources = new ConfigSources();
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            int equals = value.indexOf('=');
            if (args[i].equals("--config") && !value.isEmpty()) {
                sources.file(Path.of(value));
            } else if (args[i].equals("--override") && equals > 0) {
                overrides.put(value.substring(0, equals), value.substring(equals + 1));
            } else {
                throw new InvalidConfigException(
                        List.of(args[i] + " " + value + ": (expected: --config FILE or --override KEY=VALUE)"));
            }
        }
        return sources.environment(System.getenv()).overrides(overrides);
    }

    private static void fail(RuntimeException e, int status) {
        System.err.println(e.getMessage());
        System.exit(status);
    }
}
