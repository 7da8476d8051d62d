package io.leasehold.core.state;

import io.leasehold.core.wire.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The tasks by their ids, by open addressing with linear probing (Knuth, The Art of Computer Programming 6.4, algorithms
 * L and R). The ids lie in the tasks; beside a task there is only its hash, so that few others are looked into.
 *
 * <p>Producers choose ids, so the hash depends on a secret: else they could choose such as all fall into one place.
 */
final class IdTable {
    private static final int SMALLEST = 16;
    /** Instead of a hash: there is no task here. */
    private static final int EMPTY = 0;

    private final long secret;
    private final WireReader reader = new WireReader();
    private int[] hashes = new int[SMALLEST];
    private TaskEntry[] entries = new TaskEntry[SMALLEST];
    private int size;
    /** Of the id that was looked for last. */
    private int hash;

    IdTable(long secret) {
        this.secret = secret;
    }

    int size() {
        return size;
    }

    /** The task with this id, or null. */
    TaskEntry get(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return entries[slotOf(utf8, 0, utf8.length)];
    }

    /** Whether there is none with its id yet; if so, the task is in the table from now on. */
    boolean putIfAbsent(TaskEntry entry) {
        int slot = slotFor(entry);
        if (hashes[slot] != EMPTY) {
            return false;
        }
        hashes[slot] = hash;
        entries[slot] = entry;
        size++;
        return true;
    }

    /** Puts the task in place of another with its id. */
    void replace(TaskEntry entry) {
        int slot = slotFor(entry);
        entries[slot] = entry;
    }

    /** Takes out the task with this one's id. */
    void remove(TaskEntry entry) {
        int hole = slotFor(entry);
        if (hashes[hole] == EMPTY) {
            return;
        }
        size--;
        int mask = entries.length - 1;
        for (int next = (hole + 1) & mask; hashes[next] != EMPTY; next = (next + 1) & mask) {
            if (((next - hashes[next]) & mask) >= ((next - hole) & mask)) {
                hashes[hole] = hashes[next];
                entries[hole] = entries[next];
                hole = next;
            }
        }
        hashes[hole] = EMPTY;
        entries[hole] = null;
    }

    void forEach(Consumer<TaskEntry> each) {
        for (TaskEntry entry : entries) {
            if (entry != null) {
                each.accept(entry);
            }
        }
    }

    /** Where the task's id lies, or the empty slot where it would; there is room for one more. Its hash is remembered. */
    private int slotFor(TaskEntry entry) {
        if ((size + 1) * 3L > entries.length * 2L) {
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
        int mask = entries.length - 1;
        int slot = hash & mask;
        while (hashes[slot] != EMPTY && !(hashes[slot] == hash && hasId(entries[slot].form, bytes, from, to))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean hasId(byte[] form, byte[] bytes, int from, int to) {
        reader.begin(form);
        int length = reader.textLength();
        return Arrays.equals(form, reader.at(), reader.at() + length, bytes, from, to);
    }

    private void grow() {
        int[] oldHashes = hashes;
        TaskEntry[] old = entries;
        hashes = new int[old.length * 2];
        entries = new TaskEntry[old.length * 2];
        int mask = entries.length - 1;
        for (int i = 0; i < old.length; i++) {
            if (oldHashes[i] != EMPTY) {
                int slot = oldHashes[i] & mask;
                while (hashes[slot] != EMPTY) {
                    slot = (slot + 1) & mask;
                }
                hashes[slot] = oldHashes[i];
                entries[slot] = old[i];
            }
        }
    }
}
