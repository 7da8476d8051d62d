package io.leasehold.simulator;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;
import java.util.function.Consumer;

/** An answer that is looked at in the moment in which it is given. */
final class Heard {
    private Heard() {}

    static <T> Answer<T> before(Answer<T> answer, Consumer<T> look) {
        return new Answer<>() {
            @Override
            public void done(T value) {
                look.accept(value);
                answer.done(value);
            }

            @Override
            public void refused(Refusal why) {
                answer.refused(why);
            }
        };
    }
}
