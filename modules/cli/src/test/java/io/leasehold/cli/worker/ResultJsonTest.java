package io.leasehold.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    @Test
    void jsonIsKeptAsItIs() {
        assertThat(result("{\"a\": [1,2]}\n")).isEqualTo("{\"a\": [1,2]}");
        assertThat(result("12\n")).isEqualTo("12");
    }

    @Test
    void anythingElseIsAString() {
        assertThat(result("done\n")).isEqualTo("\"done\"");
        assertThat(result("{\"a\":1} {\"b\":2}\n")).isEqualTo("\"{\\\"a\\\":1} {\\\"b\\\":2}\"");
        assertThat(result("two\nlines\n")).isEqualTo("\"two\\nlines\"");
    }

    @Test
    void nothingIsNoResult() {
        assertThat(ResultJson.of(new byte[0])).isNull();
        assertThat(ResultJson.of("\n".getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void jsonTooDeepForTheServiceIsAString() {
        String deep = "[".repeat(30) + "]".repeat(30);

        assertThat(result(deep)).isEqualTo('"' + deep + '"');
    }

    private static String result(String output) {
        return new String(ResultJson.of(output.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
