package io.leasehold.verify;

import static io.leasehold.core.kit.Tasks.bytes;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Trim;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;

/** A journal in which a bit of everything happens as it should. Its records are named by their offsets. */
final class SoundJournal {
    static final int FIRST_CLAIM = 0;
    static final int ACCEPTED = 1;
    static final int LEASED = 2;
    static final int COMPLETED = 3;
    static final int FAILED = 4;
    static final int RETRIED = 5;
    static final int DEAD = 6;
    static final int LEASED_AGAIN = 7;
    static final int EXPIRED = 8;
    static final int SECOND_CLAIM = 9;
    static final int THIRD_LEASE = 10;
    static final int CANCELLED = 11;
    static final int REDRIVEN = 12;
    static final int DELAYED_LEASED = 13;
    static final int RETURNED = 14;
    static final int DEADLINE_PASSED = 15;
    static final int BASE = 16;
    static final int CARRIED = 17;
    static final int TRIMMED = 18;
    static final int NAMED = 19;
    static final int NEW_LEASE = 20;
    static final int LATE = 21;

    static final long T = Draft.START_MS;
    static final Task A = Tasks.id("a").maxAttempts(2).task();
    static final Task B = Tasks.id("b").deadline(T + 60_000).task();
    static final Task C = Tasks.id("c").notBefore(T + 5_000).task();
    static final Task D = Tasks.id("d").priority(3).payload(bytes("{\"n\":4}")).task();
    static final Task E = Tasks.id("e").deadline(T + 9_000).task();
    static final byte[] RESULT = bytes("{\"ok\":true}");

    private SoundJournal() {}

    static Draft draft() {
        Draft draft = new Draft();
        draft.claimed("one");
        draft.turn(
                0,
                to -> to.accepted(1, A, T),
                to -> to.accepted(2, B, T),
                to -> to.accepted(3, C, T),
                to -> to.accepted(4, D, T),
                to -> to.accepted(5, E, T),
                to -> to.inboxSettled(5, -1));
        draft.turn(10, to -> to.leased(1, 101, 30_000, "w", "p"), to -> to.leased(2, 102, 30_000, "w", "p"));
        draft.turn(10, to -> to.completed(2, 102, T + 20, false, RESULT));
        draft.turn(10, to -> to.failed(1, 101, T + 1_000, "boom"));
        draft.turn(2_000, to -> to.leased(1, 103, 30_000, "w", null), to -> to.endsPublished(1));
        draft.turn(
                10,
                to -> to.failed(1, 103, T + 9_000, "bang"),
                to -> to.deadLettered(1, EndCause.ATTEMPTS_EXHAUSTED, T + 2_040));
        draft.turn(10, to -> to.leased(4, 104, 30_000, "v", null));
        draft.turn(10, to -> to.leaseExpired(4, 104, true));
        draft.claimed("two");
        draft.turn(10, to -> to.leased(4, 105, 30_000, "v", null));
        draft.turn(10, to -> to.cancelled(4, T + 2_080));
        draft.turn(10, to -> to.redriven(1, 6, T + 2_090, Task.NO_DEADLINE), to -> to.endsPublished(3));
        draft.turn(4_000, to -> to.leased(3, 106, 30_000, "w", null));
        draft.turn(10, to -> to.returned(3, 106, T + 7_000));
        draft.turn(3_000, to -> to.expired(5, T + 9_100));
        trimmed(draft);
        draft.turn(10, to -> to.leased(6, 107, 30_000, "w", "q"));
        draft.turn(10, to -> to.completed(6, 107, T + 9_170, false, RESULT), to -> to.endsPublished(5));
        return draft;
    }

    private static void trimmed(Draft draft) {
        Base base = new Base(1, 5, 6, 106, 4, 3, Draft.claim("two", 1, 8));
        Task withoutPayload = D.withoutPayload();
        draft.turn(10, to -> to.based(base));
        draft.turn(
                10,
                to -> to.carried(new Carried(3, C, T, T + 7_000, 1, 0, 0, 106, 106, null, null, null)),
                to -> to.carried(new Carried(
                        4,
                        withoutPayload,
                        T,
                        0,
                        2,
                        0,
                        1,
                        105,
                        0,
                        null,
                        null,
                        new End(3, EndCause.CANCELLED, T + 2_080, false, new byte[0]))),
                to -> to.carried(
                        new Carried(6, A.renewed(Task.NO_DEADLINE), T + 2_090, 0, 0, 0, 0, 0, 0, null, null, null)),
                to -> to.carried(new Carried(
                        5,
                        E.withoutPayload(),
                        T,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        new End(4, EndCause.DEADLINE_PASSED, T + 9_100, false, new byte[0]))));
        draft.turn(10, to -> to.trimmed(new Trim(1, BASE, 0, 1)), to -> to.digested(9));
        draft.basedAt(BASE);
        draft.turn(10, to -> to.accepted(7, Tasks.plain("g"), T + 9_140), to -> to.inboxSettled(8, -1));
    }
}
