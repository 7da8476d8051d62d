package io.leasehold.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages that operators read say what the code does. To renew the file: print {@link ConfigPage#properties}. */
class ConfigPageTest {
    private static final Path HOUSE = Path.of("../..");
    private static final Path FILE = HOUSE.resolve("config/coordinator.properties");

    @Test
    void fileInTheRepositoryIsWhatTheCodeExplains() throws Exception {
        assertThat(Files.readString(FILE)).isEqualTo(ConfigPage.properties());
    }

    @Test
    void fileIsReadAndChangesNothing() {
        Map<String, String> secret = Map.of("cluster.keys", "k1:MDEyMzQ1Njc4OWFiY2RlZg==");

        CoordinatorConfig fromFile =
                new ConfigSources().file(FILE).overrides(secret).read();

        assertThat(fromFile.values()).isEqualTo(CoordinatorConfig.of(secret).values());
    }

    @Test
    void tableNamesEveryKeyWithItsDefault() {
        assertThat(ConfigPage.table())
                .contains("| `listen.port` | `8470` | port | 0 to 65535 |")
                .contains("| `cluster.keys` | (must be set) |");
        assertThat(ConfigPage.table().lines()).hasSize(CoordinatorSettings.ALL.size() + 2);
    }

    @Test
    void htmlNamesEveryKeyWithItsDefaultAndWhatIsExpected() {
        assertThat(ConfigPage.html()).contains("listen.port").contains("8470").contains("0 to 65535");
        for (Setting setting : CoordinatorSettings.ALL) {
            assertThat(ConfigPage.html())
                    .contains("<td>" + setting.key() + "</td>")
                    .contains(setting.expected());
        }
    }

    @Test
    void readmeNamesOnlyKeysThatThereAre() throws Exception {
        List<String> rows = Files.readString(HOUSE.resolve("README.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| key | default"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).isNotEmpty();
        for (String row : rows) {
            Matcher keys = Pattern.compile("`([^`]+)`").matcher(row.substring(0, row.indexOf('|', 1)));
            while (keys.find()) {
                assertThat(CoordinatorConfig.isKnown(keys.group(1)))
                        .as(keys.group(1))
                        .isTrue();
            }
        }
    }
}
