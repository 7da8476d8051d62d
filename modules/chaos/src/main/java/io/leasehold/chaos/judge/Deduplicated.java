package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;

/** A second submission of an id that was acknowledged over HTTP is told that it is one. */
final class Deduplicated implements Check {
    @Override
    public String guarantee() {
        return "G11 a second submission of an id changes nothing";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        for (Event.Acknowledged first : task.acknowledgements) {
            for (Event.Acknowledged second : task.acknowledgements) {
                boolean both = first.door().equals("http") && second.door().equals("http");
                if (both && second.sentNs() > first.gotNs() && !second.duplicate()) {
                    objections.add("it was acknowledged as new twice over HTTP");
                }
            }
        }
    }
}
