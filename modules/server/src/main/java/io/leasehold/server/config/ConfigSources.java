package io.leasehold.server.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where values come from: a file, then the environment, then overrides; the later wins.
 *
 * <p>{@code LEASEHOLD_LISTEN_PORT} in the environment stands for {@code listen.port}. Variables with that prefix that stand
 * for no key are passed over with a warning: orchestrators add their own (Kubernetes sets {@code LEASEHOLD_SERVICE_HOST} for
 * a service of that name), and the scripts have theirs.
 */
public final class ConfigSources {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigSources.class);
    private static final String ENVIRONMENT_PREFIX = "LEASEHOLD_";
    /** Read by the scripts and the command line. */
    private static final Set<String> OTHERS_VARIABLES =
            Set.of("LEASEHOLD_OPTS", "LEASEHOLD_HEAP_OPTS", "LEASEHOLD_URL");

    private final Map<String, InForce.Written> values = new HashMap<>();

    /** @throws InvalidConfigException if the file cannot be read, or names a key twice */
    public ConfigSources file(Path file) {
        try {
            text(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidConfigException(
                    List.of(InvalidConfigException.fault("--config", file, "a readable file in UTF-8; " + e)));
        }
        return this;
    }

    ConfigSources text(String name, String properties) {
        OnceOnly found = new OnceOnly();
        try (Reader reader = new StringReader(properties)) {
            found.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidConfigException(
                    List.of(InvalidConfigException.fault("--config", name, "a properties file; " + e.getMessage())));
        }
        if (!found.repeated.isEmpty()) {
            throw new InvalidConfigException(found.repeated.stream()
                    .map(key -> InvalidConfigException.fault(key, "twice in " + name, "once"))
                    .toList());
        }
        found.forEach((key, value) -> put((String) key, (String) value, name));
        return this;
    }

    public ConfigSources environment(Map<String, String> environment) {
        environment.forEach((variable, value) -> {
            if (!variable.startsWith(ENVIRONMENT_PREFIX) || OTHERS_VARIABLES.contains(variable)) {
                return;
            }
            String key = keyOf(variable.substring(ENVIRONMENT_PREFIX.length()));
            if (CoordinatorConfig.isKnown(key)) {
                put(key, value, variable);
            } else {
                LOG.warn("{} in the environment stands for no key of the configuration ({})", variable, key);
            }
        });
        return this;
    }

    /** Values that win over all before, by key. */
    public ConfigSources overrides(Map<String, String> overrides) {
        overrides.forEach((key, value) -> put(key, value, "override"));
        return this;
    }

    /** @throws InvalidConfigException naming every fault */
    public CoordinatorConfig read() {
        Map<String, String> texts = new HashMap<>();
        values.forEach((key, written) -> texts.put(key, written.value()));
        return CoordinatorConfig.of(texts);
    }

    /** What is in force, good or not: every key in the order in which they are explained, then what else was written. */
    public List<InForce> inForce() {
        Set<String> keys = new LinkedHashSet<>(CoordinatorConfig.SETTINGS.keySet());
        keys.addAll(new TreeSet<>(values.keySet()));
        return keys.stream().map(key -> InForce.of(key, values.get(key))).toList();
    }

    private void put(String key, String value, String source) {
        values.put(key, new InForce.Written(value.trim(), source));
    }

    private static String keyOf(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Properties that notice a repeated key, which would otherwise win in silence. */
    private static final class OnceOnly extends Properties {
        private final transient List<String> repeated = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                repeated.add((String) key);
            }
            return super.put(key, value);
        }
    }
}
