package io.leasehold.api.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapTagTest {
    /** By {@code printf 'a http://a:1\nb http://b:2\n' | sha256sum | cut -c 1-16}. */
    @Test
    void tagIsAsDescribed() {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("b", "http://b:2");
        urls.put("a", "http://a:1");

        assertThat(MapTag.of(urls)).isEqualTo("8dfe9dc10db085a0");
    }

    @Test
    void coordinatorAtAnotherAddressMakesAnotherTag() {
        assertThat(MapTag.of(Map.of("a", "http://a:1"))).isNotEqualTo(MapTag.of(Map.of("a", "http://a:2")));
    }
}
