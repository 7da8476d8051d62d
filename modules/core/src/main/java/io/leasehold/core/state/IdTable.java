package io.leasehold.core.state;

import io.leasehold.core.wire.WireReader;
import java.nio.charset.StandardCharsets;

/**
 * The tasks by their ids, by open addressing with linear probing (Knuth, The Art of Computer Programming 6.4, algorithms
 * L and R). There are only the hash of an id and the lower half of its task's number, by which the task is
 * found, in which the id lies: so that few others are looked into, and a new task in a random place means no reference
 * there, for which the collector would have to look through the whole table.
 *
 * <p>Producers choose ids, so the hash depends on a secret: else they could choose such as all fall into one place.
 */
final class IdTable {
    private static final int SMALLEST = 16;
    /** Instead of a hash: there is no task here. */
    private static final int EMPTY = 0;

    /** Where the tasks are, and with them their ids. */
    interface Tasks {
        /** No task has a number above this. */
        long lastNumber();

        /** Whether there is a task of this number and this id, in UTF-8. */
        boolean isCalled(long number, byte[] bytes, int from, int to);
    }

    private final long secret;
    private final Tasks tasks;
    private final WireReader reader = new WireReader();
    private int[] hashes = new int[SMALLEST];
    private int[] numbers = new int[SMALLEST];
    private int size;
    /** Of the id that was looked for last, and its task's number, or 0. */
    private int hash;

    private long found;

    /** @param tasks hold each task that is here whenever one is looked for */
    IdTable(long secret, Tasks tasks) {
        this.secret = secret;
        this.tasks = tasks;
    }

    int size() {
        return size;
    }

    /** The number of the task with this id, or 0. */
    long get(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        slotOf(utf8, 0, utf8.length);
        return found;
    }

    /** Whether there is none with its id yet; if so, the task is in the table from now on. */
    boolean putIfAbsent(TaskEntry entry) {
        int slot = slotFor(entry);
        if (hashes[slot] != EMPTY) {
            return false;
        }
        hashes[slot] = hash;
        numbers[slot] = (int) entry.number;
        size++;
        return true;
    }

    /** Puts the task in place of another with its id. */
    void replace(TaskEntry entry) {
        int slot = slotFor(entry);
        numbers[slot] = (int) entry.number;
    }

    /** Takes out the task with this one's id. */
    void remove(TaskEntry entry) {
        int hole = slotFor(entry);
        if (hashes[hole] == EMPTY) {
            return;
        }
        size--;
        int mask = hashes.length - 1;
        for (int next = (hole + 1) & mask; hashes[next] != EMPTY; next = (next + 1) & mask) {
            if (((next - hashes[next]) & mask) >= ((next - hole) & mask)) {
                hashes[hole] = hashes[next];
                numbers[hole] = numbers[next];
                hole = next;
            }
        }
        hashes[hole] = EMPTY;
    }

    /** Where the task's id lies, or the empty slot where it would; there is room for one more. Its hash is remembered. */
    private int slotFor(TaskEntry entry) {
        if ((size + 1) * 3L > hashes.length * 2L) {
            grow();
        }
        byte[] form = entry.form;
        reader.begin(form);
        int length = reader.textLength();
        return slotOf(form, reader.at(), reader.at() + length);
    }

    private int slotOf(byte[] bytes, int from, int to) {
        int wanted = (int) ByteHash.of(secret, bytes, from, to);
        hash = wanted == EMPTY ? 1 : wanted;
        int mask = hashes.length - 1;
        int slot = hash & mask;
        while (hashes[slot] != EMPTY) {
            if (hashes[slot] == hash) {
                found = number(numbers[slot], bytes, from, to);
                if (found > 0) {
                    return slot;
                }
            }
            slot = (slot + 1) & mask;
        }
        found = 0;
        return slot;
    }

    /** The number of the task with this lower half of it and this id, or 0. There is one such number in four milliards. */
    private long number(int lowerHalf, byte[] id, int from, int to) {
        long number = tasks.lastNumber() - Integer.toUnsignedLong((int) tasks.lastNumber() - lowerHalf);
        while (number > 0 && !tasks.isCalled(number, id, from, to)) {
            number -= 1L << Integer.SIZE;
        }
        return Math.max(0, number);
    }

    private void grow() {
        int[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new int[oldHashes.length * 2];
        numbers = new int[oldHashes.length * 2];
        int mask = hashes.length - 1;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != EMPTY) {
                int slot = oldHashes[i] & mask;
                while (hashes[slot] != EMPTY) {
                    slot = (slot + 1) & mask;
                }
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
