package io.leasehold.cli.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param check its name
 * @param found what was seen
 * @param advice what to do about it, or null
 */
record Finding(String check, Verdict verdict, String found, String advice) {
    enum Verdict {
        OK,
        /** Worth knowing, and no fault. */
        NOTE,
        WRONG,
        /** It could not be checked because of something that another finding tells. */
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Verdict.OK, found, null);
    }

    static Finding note(String check, String found, String advice) {
        return new Finding(check, Verdict.NOTE, found, advice);
    }

    static Finding wrong(String check, String found, String advice) {
        return new Finding(check, Verdict.WRONG, found, advice);
    }

    static Finding skipped(String check, String why) {
        return new Finding(check, Verdict.SKIPPED, why, null);
    }
}
