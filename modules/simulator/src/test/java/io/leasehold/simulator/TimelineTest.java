package io.leasehold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void whatWaitedForAProcessThatIsWokenEarlyHappensBeforeWhatComesAfterwards() {
        World world = new World(1, false);
        Worker sleeper = world.anyWorker();
        List<String> happened = new ArrayList<>();
        sleeper.pause(100_000);
        world.timeline.after(10, sleeper, "first", () -> happened.add("first"));
        world.timeline.after(20, sleeper, "second", () -> happened.add("second"));
        world.timeline.after(50_000, null, "somewhere else", () -> happened.add("somewhere else"));
        world.timeline.step();
        assertThat(happened).containsExactly("somewhere else");

        sleeper.resume();
        world.timeline.after(0, sleeper, "third", () -> happened.add("third"));
        for (int i = 0; i < 3; i++) {
            world.timeline.step();
        }

        assertThat(happened).endsWith("first", "second", "third");
    }
}
