package io.leasehold.server.config;

import java.util.List;

/** Explains the configuration: as a file to start from, and as a table. Both are made from the code, and held equal by a test. */
public final class ConfigPage {
    private static final int WIDTH = 118;

    private ConfigPage() {}

    /** A properties file with every key at its default; keys without one are commented out. */
    public static String properties() {
        StringBuilder page = new StringBuilder();
        comment(page, "Configuration of a Leasehold coordinator: every key, with its unit and its default.");
        comment(
                page,
                "Precedence: --override KEY=VALUE, then the environment (LEASEHOLD_LISTEN_PORT for listen.port), "
                        + "then this file, then the default. Unknown keys are refused.");
        comment(page, "Keys that begin with producer., consumer. or admin. go to Kafka's clients without the prefix.");
        String group = "";
        for (Setting setting : CoordinatorSettings.ALL) {
            if (!setting.group().equals(group)) {
                group = setting.group();
                page.append("\n\n### ").append(group).append('\n');
            }
            page.append('\n');
            comment(page, setting.doc());
            comment(page, "Unit: " + setting.unit() + ". Expected: " + setting.expected() + ".");
            page.append(setting.required() ? "#" : "")
                    .append(setting.key())
                    .append('=')
                    .append(setting.initialText())
                    .append('\n');
        }
        return page.toString();
    }

    /** A table in HTML with one row for each key. */
    public static String html() {
        return CoordinatorConfig.DEFINITION.toHtmlTable();
    }

    /** A Markdown table with one row for each key. */
    public static String table() {
        StringBuilder page = new StringBuilder(
                "| key | default | unit | expected | what it is |\n| --- | --- | --- | --- | --- |\n");
        for (Setting setting : CoordinatorSettings.ALL) {
            String initial = setting.required()
                    ? "(must be set)"
                    : setting.initialText().isEmpty() ? "(empty)" : "`" + setting.initialText() + "`";
            List<String> cells =
                    List.of("`" + setting.key() + "`", initial, setting.unit(), setting.expected(), setting.doc());
            page.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return page.toString();
    }

    private static void comment(StringBuilder page, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                page.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        page.append(line).append('\n');
    }
}
