package io.leasehold.server.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a misspelt key was meant to be, by edit distance (Levenshtein 1966). */
final class NearestKey {
    private NearestKey() {}

    static String to(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String key) -> distance(unknown, key))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
