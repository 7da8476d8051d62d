package io.leasehold.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Collects keys, group by group, in the order in which they are explained. */
final class Settings {
    private final List<Setting> all = new ArrayList<>();
    private String group = "";

    Settings group(String title) {
        group = title;
        return this;
    }

    Settings number(String key, int initial, int min, int max, String unit, String doc) {
        return add(key, Type.INT, unit, initial, min + " to " + max, value -> within((int) value, min, max), doc);
    }

    Settings amount(String key, long initial, long min, long max, String unit, String doc) {
        return add(key, Type.LONG, unit, initial, min + " to " + max, value -> within((long) value, min, max), doc);
    }

    Settings flag(String key, boolean initial, String doc) {
        return add(key, Type.BOOLEAN, "true or false", initial, "true or false", value -> true, doc);
    }

    Settings text(String key, Object initial, String unit, String expected, Predicate<String> good, String doc) {
        return add(key, Type.STRING, unit, initial, expected, value -> good.test((String) value), doc);
    }

    Settings secret(String key, String unit, String expected, Predicate<Object> good, String doc) {
        return add(key, Type.PASSWORD, unit, ConfigDef.NO_DEFAULT_VALUE, expected, good, doc);
    }

    List<Setting> list() {
        return List.copyOf(all);
    }

    private Settings add(
            String key, Type type, String unit, Object initial, String expected, Predicate<Object> good, String doc) {
        all.add(new Setting(group, key, type, unit, initial, expected, good, doc));
        return this;
    }

    private static boolean within(long value, long min, long max) {
        return value >= min && value <= max;
    }

    static ConfigDef definition(List<Setting> settings) {
        ConfigDef definition = new ConfigDef();
        int order = 0;
        for (Setting setting : settings) {
            definition.define(
                    setting.key(),
                    setting.type(),
                    setting.initial(),
                    new Bounds(setting),
                    setting.required() ? ConfigDef.Importance.HIGH : ConfigDef.Importance.MEDIUM,
                    setting.doc(),
                    setting.group(),
                    ++order,
                    ConfigDef.Width.MEDIUM,
                    setting.key());
        }
        return definition;
    }

    /** Prints as what is expected, which is what generated pages show. */
    private record Bounds(Setting setting) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String key, Object value) {
            if (value == null || !setting.good().test(value)) {
                throw new ConfigException(key, value, "expected: " + setting.expected());
            }
        }

        @Override
        public String toString() {
            return setting.expected();
        }
    }
}
