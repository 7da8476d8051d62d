package io.leasehold.chaos.judge;

/** Once the faults were healed, every task ends, and the world is told. */
final class EverythingEnds implements Check {
    @Override
    public String guarantee() {
        return "P4 every accepted task ends after the faults heal";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        if (task.stands == null || task.stands.state().equals("unknown")) {
            return;
        }
        if (!task.hasEnded()) {
            objections.add("it is " + task.stands.state() + " still, attempt " + task.stands.attempt());
        } else if (task.ends.isEmpty()) {
            objections.add("it is " + task.stands.state() + ", and the topic of ends has no record of it");
        }
    }
}
