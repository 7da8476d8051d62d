package io.leasehold.server.config;

import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;

/**
 * One key.
 *
 * @param unit of the value, or what kind of word it is
 * @param initial the default; {@link ConfigDef#NO_DEFAULT_VALUE} if the key must be set
 * @param expected what a good value is, as told to whoever set a bad one
 * @param good whether a parsed value is one
 * @param doc one sentence or two
 */
record Setting(
        String group,
        String key,
        ConfigDef.Type type,
        String unit,
        Object initial,
        String expected,
        Predicate<Object> good,
        String doc) {

    boolean required() {
        return initial == ConfigDef.NO_DEFAULT_VALUE;
    }

    /** The default as it would be written in a file. */
    String initialText() {
        return required() ? "" : ConfigDef.convertToString(initial, type);
    }
}
