package io.leasehold.core.state;

/**
 * The tasks of one queue that may be leased now, in the order of dispatch. Tasks of one priority mostly come in the order
 * in which they leave: they stand in a run of their own, where coming and going cost the same however many wait. What comes
 * out of order, or with one priority too many, stands in a heap. Not thread-safe.
 */
final class ReadyTasks {
    private static final int MOST_RUNS = 32;

    private final TaskHeap rest = new TaskHeap(TaskHeap.Order.DISPATCH);
    /** By priority, highest first; none is empty. */
    private final TaskRun[] runs = new TaskRun[MOST_RUNS];

    private int runCount;
    private int size;

    int size() {
        return size;
    }

    /** The first, or null. */
    TaskEntry head() {
        TaskEntry ofRest = rest.head();
        if (runCount == 0) {
            return ofRest;
        }
        TaskEntry ofRuns = runs[0].first();
        return ofRest == null || ofRuns.compareTo(ofRest) < 0 ? ofRuns : ofRest;
    }

    void add(TaskEntry entry) {
        size++;
        int at = runOf(entry.priority);
        boolean isThere = at < runCount && runs[at].priority() == entry.priority;
        if (isThere ? !runs[at].isNext(entry) : runCount == MOST_RUNS) {
            rest.add(entry);
            return;
        }
        if (!isThere) {
            System.arraycopy(runs, at, runs, at + 1, runCount - at);
            runs[at] = new TaskRun(entry.priority);
            runCount++;
        }
        runs[at].add(entry);
    }

    void remove(TaskEntry entry) {
        size--;
        if (!TaskRun.holds(entry)) {
            rest.remove(entry);
            return;
        }
        int at = runOf(entry.priority);
        runs[at].remove(entry);
        if (runs[at].isEmpty()) {
            runCount--;
            System.arraycopy(runs, at + 1, runs, at, runCount - at);
            runs[runCount] = null;
        }
    }

    /** The place of the run of this priority, or the one where it would be. */
    private int runOf(int priority) {
        int at = 0;
        while (at < runCount && runs[at].priority() > priority) {
            at++;
        }
        return at;
    }
}
