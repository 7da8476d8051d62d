package io.leasehold.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Seeds that showed mutants before. Another product runs through a seed in another way, so each is but the best first guess. */
final class MutantSeeds {
    private static final String FILE = "/mutant-seeds.txt";

    private final Map<String, Long> seeds = new HashMap<>();

    MutantSeeds() {
        try (InputStream in = MutantSeeds.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
                String[] parts = line.split(" ", 2);
                seeds.put(parts[1], Long.parseLong(parts[0]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 if none is known. */
    long of(Mutant mutant) {
        return seeds.getOrDefault(mutant.name(), 0L);
    }
}
