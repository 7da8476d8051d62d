package io.leasehold.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    void tableOfTheReadmeIsWhatTheCodeExplains() throws Exception {
        Path readme = HOUSE.resolve("README.md");
        String text = Files.exists(readme) ? Files.readString(readme) : "";

        if (text.contains("| `coordinator.id` |")) {
            assertThat(text).contains(ConfigPage.table());
        } else {
            assertThat(ConfigPage.table()).contains("| `listen.port` | `8470` | port |");
        }
    }
}
