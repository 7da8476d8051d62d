package io.leasehold.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * A coordinator's configuration, checked whole. Secrets print as {@code [hidden]}. Values may be fetched from elsewhere by
 * Kafka's configuration providers ({@code config.providers=env}, then {@code ${env:NAME}}).
 */
public final class CoordinatorConfig extends AbstractConfig {
    static final Map<String, Setting> SETTINGS = CoordinatorSettings.ALL.stream()
            .collect(Collectors.toMap(Setting::key, setting -> setting, (a, b) -> a, LinkedHashMap::new));
    static final ConfigDef DEFINITION = Settings.definition(CoordinatorSettings.ALL);

    /** What follows these is handed to Kafka's clients as it is. */
    static final List<String> PREFIXES = List.of("producer.", "consumer.", "admin.");

    private static final String PROVIDERS = "config.providers";

    private CoordinatorConfig(Map<String, ?> values) {
        super(DEFINITION, values, Map.of(), false);
    }

    /** @throws InvalidConfigException naming every fault: unknown keys, wrong values, contradictions */
    public static CoordinatorConfig of(Map<String, String> values) {
        List<String> faults = unknownKeys(values.keySet());
        Map<String, Object> resolved = resolve(values, faults);
        faults.addAll(wrongValues(resolved));
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        CoordinatorConfig config = new CoordinatorConfig(resolved);
        faults.addAll(Contradictions.of(config));
        if (!faults.isEmpty()) {
            throw new InvalidConfigException(faults);
        }
        return config;
    }

    public static boolean isKnown(String key) {
        return SETTINGS.containsKey(key)
                || key.equals(PROVIDERS)
                || key.startsWith(PROVIDERS + ".")
                || PREFIXES.stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
    }

    /** The settings behind a prefix such as {@code producer.}, without it. */
    public Map<String, String> passedThrough(String prefix) {
        Map<String, String> settings = new LinkedHashMap<>();
        originalsWithPrefix(prefix).forEach((key, value) -> settings.put(key, String.valueOf(value)));
        return settings;
    }

    /** Secrets by id; the first signs. */
    public Map<String, byte[]> clusterKeys() {
        return ClusterKeys.parse(getPassword("cluster.keys"));
    }

    private static List<String> unknownKeys(Set<String> keys) {
        List<String> faults = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (!isKnown(key)) {
                faults.add(key + ": unknown key (expected: a known one; the nearest is "
                        + NearestKey.to(key, SETTINGS.keySet()) + ")");
            }
        }
        return faults;
    }

    private static Map<String, Object> resolve(Map<String, String> values, List<String> faults) {
        try {
            return new AbstractConfig(new ConfigDef(), values, Map.of(), false).originals();
        } catch (ConfigException e) {
            faults.add(InvalidConfigException.fault(PROVIDERS, values.get(PROVIDERS), e.getMessage()));
            throw new InvalidConfigException(faults);
        }
    }

    /** Keys that must be set and are not are among them. */
    private static List<String> wrongValues(Map<String, Object> resolved) {
        Map<String, String> texts = new LinkedHashMap<>();
        resolved.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        List<String> faults = new ArrayList<>();
        for (ConfigValue value : DEFINITION.validate(texts)) {
            Setting setting = SETTINGS.get(value.name());
            if (setting != null && !value.errorMessages().isEmpty()) {
                String text = texts.get(setting.key());
                boolean hidden = text != null && setting.type() == ConfigDef.Type.PASSWORD;
                Object shown = hidden ? InForce.HIDDEN : text;
                faults.add(InvalidConfigException.fault(setting.key(), shown, setting.expected()));
            }
        }
        return faults;
    }
}
