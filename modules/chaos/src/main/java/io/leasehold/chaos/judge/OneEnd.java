package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.List;

/** At most one end a life; only what is dead gets another life, and only if somebody asks. */
final class OneEnd implements Check {
    @Override
    public String guarantee() {
        return "G7 at most one end a life";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        List<Event.Ended> ends = new ArrayList<>(task.ends.values());
        for (int i = 0; i + 1 < ends.size(); i++) {
            if (!task.mayBeRedriven()) {
                objections.add("it ended " + ends.get(i).state() + " and "
                        + ends.get(i + 1).state() + ", and nobody asked for a new life");
            } else if (!ends.get(i).state().equals("dead")) {
                objections.add("it ended " + ends.get(i).state() + ", and then "
                        + ends.get(i + 1).state());
            }
        }
        if (!ends.isEmpty() && task.stands != null) {
            Event.Ended last = ends.get(ends.size() - 1);
            if (!last.state().equals(task.stands.state())) {
                objections.add("its last end was " + last.state() + ", and it is " + task.stands.state());
            }
        }
    }
}
