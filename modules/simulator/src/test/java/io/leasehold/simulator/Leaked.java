package io.leasehold.simulator;

import java.util.ArrayList;
import java.util.List;

/** Lease tokens that got into the wrong hands. */
final class Leaked {
    private static final int MOST = 50;

    private final Dice dice;
    private final List<String> tokens = new ArrayList<>();

    Leaked(Dice dice) {
        this.dice = dice;
    }

    void seen(String token) {
        if (tokens.size() < MOST) {
            tokens.add(token);
        } else {
            tokens.set(dice.below(MOST), token);
        }
    }

    /** Any of them, or null. */
    String any() {
        return tokens.isEmpty() ? null : dice.of(tokens);
    }
}
