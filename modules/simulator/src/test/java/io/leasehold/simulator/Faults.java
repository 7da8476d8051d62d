package io.leasehold.simulator;

/** Which faults a run has and how often: each seed draws a few of its own. All stop at once when the run calms down. */
final class Faults {
    private final Dice dice;
    private final int requestLost;
    private final int replyLost;
    private final int repeated;
    private final int slow;
    private final long latencyUs;
    private final long slowUs;
    private final int appendLost;
    private final int appendUnacknowledged;
    private final int appendLate;
    private final int appendTwice;
    private final long lateUs;
    private final int endsFailed;
    private final int deletionLost;
    private final long looksBetweenInterruptions;
    private final long longestInterruptionUs;
    private long looksLeft;
    private boolean calm;

    Faults(Dice dice) {
        this.dice = dice;
        requestLost = rate(100);
        replyLost = rate(150);
        repeated = rate(100);
        slow = rate(100);
        latencyUs = dice.of(200, 1_000, 5_000, 20_000);
        slowUs = dice.of(50_000, 500_000, 5_000_000);
        appendLost = rate(20);
        appendUnacknowledged = rate(20);
        appendLate = rate(30);
        appendTwice = rate(20);
        lateUs = dice.of(1_000_000, 5_000_000, 20_000_000);
        endsFailed = rate(100);
        deletionLost = rate(300);
        looksBetweenInterruptions = dice.of(0, 0, 500, 2_000, 10_000);
        longestInterruptionUs = dice.of(300_000, 900_000, 3_000_000, 15_000_000);
        looksLeft = looksBetweenInterruptions;
    }

    private int rate(int most) {
        return dice.half() ? 0 : 1 + (int) dice.small(most - 1);
    }

    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    boolean losesRequest() {
        return !calm && dice.perMille(requestLost);
    }

    boolean losesReply() {
        return !calm && dice.perMille(replyLost);
    }

    boolean repeatsRequest() {
        return !calm && dice.perMille(repeated);
    }

    /** How long something is under way. */
    long latencyUs() {
        return !calm && dice.perMille(slow) ? dice.upTo(slowUs) : dice.between(50, latencyUs);
    }

    /** What becomes of one append. */
    Fate append() {
        if (calm) {
            return Fate.GOOD;
        }
        if (dice.perMille(appendLost)) {
            return Fate.LOST;
        }
        if (dice.perMille(appendUnacknowledged)) {
            return Fate.UNACKNOWLEDGED;
        }
        if (dice.perMille(appendLate)) {
            return Fate.LATE;
        }
        return dice.perMille(appendTwice) ? Fate.TWICE : Fate.GOOD;
    }

    enum Fate {
        GOOD,
        /** It never lands; its writer hears of a failure. */
        LOST,
        /** It lands; its writer hears of a failure. */
        UNACKNOWLEDGED,
        /** Its writer hears of a failure, and then it lands. */
        LATE,
        /** It lands, is acknowledged, and lands once more. */
        TWICE
    }

    long lateUs() {
        return dice.upTo(lateUs);
    }

    /** How many of so many ends land, the first ones; all of them or they are said to have failed. */
    int endsThatLand(int asked) {
        return !calm && dice.perMille(endsFailed) ? dice.below(asked) : asked;
    }

    boolean losesDeletion() {
        return !calm && dice.perMille(deletionLost);
    }

    boolean interruptsNow() {
        if (calm || looksBetweenInterruptions == 0 || --looksLeft > 0) {
            return false;
        }
        looksLeft = dice.between(1, 2 * looksBetweenInterruptions);
        return true;
    }

    long interruptionUs() {
        return 1 + dice.upTo(longestInterruptionUs);
    }
}
