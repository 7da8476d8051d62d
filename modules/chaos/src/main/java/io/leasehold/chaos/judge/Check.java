package io.leasehold.chaos.judge;

/** One guarantee, as seen from the history of one task. */
interface Check {
    /** Its short name and what it says. */
    String guarantee();

    /** Tells every way in which the task's history breaks it. */
    void check(TaskStory task, Objections objections);
}
