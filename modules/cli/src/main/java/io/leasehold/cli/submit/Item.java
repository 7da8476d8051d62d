package io.leasehold.cli.submit;

import io.leasehold.api.TaskSpec;

/**
 * A task to hand in, checked.
 *
 * @param line where it stood in the input, from 1; 0 if it was given as flags
 * @param task what it says
 * @param json the same as it was written
 */
record Item(int line, TaskSpec task, byte[] json) {

    /** What goes before a message about it. */
    String where() {
        return at(line);
    }

    static String at(int line) {
        return line == 0 ? "" : "line " + line + ": ";
    }
}
