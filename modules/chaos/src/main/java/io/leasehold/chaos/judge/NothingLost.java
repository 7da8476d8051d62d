package io.leasehold.chaos.judge;

/** Whatever was acknowledged is there at the end. */
final class NothingLost implements Check {
    @Override
    public String guarantee() {
        return "G1 an acknowledged task is never lost";
    }

    @Override
    public void check(TaskStory task, Objections objections) {
        if (!task.isAcknowledged()) {
            return;
        }
        if (task.stands == null) {
            objections.add("it was acknowledged, and nobody could be asked how it stands");
        } else if (task.stands.state().equals("unknown")) {
            objections.add(
                    "it was acknowledged by " + task.acknowledgements.get(0).door() + ", and is unknown now");
        }
    }
}
