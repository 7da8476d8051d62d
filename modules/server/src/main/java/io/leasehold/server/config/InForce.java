package io.leasehold.server.config;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A value that is in force, as it was written, and where.
 *
 * @param value secrets as {@code [hidden]}; what is to be fetched from elsewhere, such as {@code ${env:NAME}}, is not fetched
 * @param source {@code default}, {@code none} if the key must be set and is not, {@code override}, the file, or the variable of
 *     the environment
 */
public record InForce(String key, String value, String source) {
    static final String HIDDEN = "[hidden]";

    /** Among the settings of Kafka's clients; whatever may be a secret is taken for one. */
    private static final Pattern SECRET = Pattern.compile("password|secret|jaas|credential|token|\\.key$|headers");

    private static final Pattern REFERENCES = Pattern.compile("(\\$\\{[^}]*})+");

    static InForce of(String key, Written written) {
        Setting setting = CoordinatorConfig.SETTINGS.get(key);
        if (written == null) {
            return new InForce(key, setting.initialText(), setting.required() ? "none" : "default");
        }
        boolean secret = setting == null ? SECRET.matcher(key).find() : setting.type() == ConfigDef.Type.PASSWORD;
        boolean hidden = secret && !REFERENCES.matcher(written.value()).matches();
        return new InForce(key, hidden ? HIDDEN : written.value(), written.source());
    }

    /** A value, and where it was written. */
    record Written(String value, String source) {}
}
