package io.leasehold.core.state;

import io.leasehold.core.event.CarriedForm;
import io.leasehold.core.table.LongTable;
import io.leasehold.core.wire.WireReader;
import io.leasehold.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The tasks that have ended and are only remembered: each end is public, none is a dead letter. A shard remembers millions
 * of them, so that an id does not run twice and a report that is repeated gets its answer again, and hardly ever looks at
 * one. So each is packed as the journal spells it, one behind the other in arrays of bytes, which the collector does not
 * look into; a {@link TaskEntry} of it is made when somebody asks, and is a copy.
 *
 * <p>They lie by generations, in segments: one of which nothing is remembered any more holds no bytes.
 */
final class RememberedEnds {
    private static final int SMALLEST_SEGMENT = 512;
    private static final int SEGMENT_BYTES = 1 << 16;

    /** So many bytes of ends; what is in use never changes. */
    private static final class Segment {
        private static final byte[] NONE = {};

        final long id;
        final int generation;
        byte[] bytes;
        int used;
        /** How many of the tasks in it are remembered, and have not been packed anew elsewhere. */
        int remembered;

        Segment(long id, int generation, int bytes) {
            this.id = id;
            this.generation = generation;
            this.bytes = new byte[bytes];
        }

        boolean hasRoomFor(int more) {
            return bytes != NONE && used + more <= Math.max(SEGMENT_BYTES, bytes.length);
        }

        /** Makes room, within the size of a segment. */
        void makeRoomFor(int more) {
            if (used + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(Math.min(SEGMENT_BYTES, bytes.length * 2), used + more));
            }
        }

        /** One of its tasks is not remembered here any more. */
        void forgetOne() {
            remembered--;
            if (remembered == 0) {
                bytes = NONE;
                used = 0;
            }
        }
    }

    private final Map<String, TaskQueue> queues;
    private final LongTable<Segment> segments = new LongTable<>();
    private final TreeMap<Integer, List<Segment>> generations = new TreeMap<>();
    /** By the task's number: the segment's id, and in the lower half the place in it. */
    private final Locations locations = new Locations();

    private long lastSegment;
    /** The queue of the task that was read last. */
    private TaskQueue recent;

    private final WireWriter packed = new WireWriter(256);
    private final WireWriter length = new WireWriter(16);
    private final WireReader reader = new WireReader();
    private final CarriedForm form = new CarriedForm();

    RememberedEnds(Map<String, TaskQueue> queues) {
        this.queues = queues;
    }

    int size() {
        return locations.size();
    }

    /** What the segments take. */
    long heldBytes() {
        long bytes = 0;
        for (List<Segment> all : generations.values()) {
            for (Segment segment : all) {
                bytes += segment.bytes.length;
            }
        }
        return bytes;
    }

    boolean has(long number) {
        return locations.get(number) != 0;
    }

    /** A copy of the task, or null if it is not here. */
    TaskEntry get(long number) {
        long location = locations.get(number);
        return location == 0 ? null : read(segmentOf(location), (int) location);
    }

    private Segment segmentOf(long location) {
        return segments.get(location >>> Integer.SIZE);
    }

    /** Whether the task is here and has this id, in UTF-8. */
    boolean isCalled(long number, byte[] bytes, int from, int to) {
        long location = locations.get(number);
        if (location == 0) {
            return false;
        }
        byte[] segment = segmentOf(location).bytes;
        reader.begin(segment, (int) location);
        reader.bytesLength();
        reader.varint();
        int idLength = reader.textLength();
        return Arrays.equals(segment, reader.at(), reader.at() + idLength, bytes, from, to);
    }

    /** Packs the task, which is not here yet, into its generation. */
    void put(TaskEntry entry) {
        entry.standsAt = TaskEntry.REMEMBERED;
        packed.clear();
        CarriedForm.write(entry.carried(), packed);
        length.clear();
        length.varint(packed.size());
        Segment segment = roomy(entry.generation, length.size() + packed.size());
        place(entry.number, segment);
        length.copyTo(segment.bytes, segment.used);
        packed.copyTo(segment.bytes, segment.used + length.size());
        segment.used += length.size() + packed.size();
    }

    /** The task lies at the end of this segment from now on. */
    private void place(long number, Segment segment) {
        locations.put(number, segment.id << Integer.SIZE | segment.used);
        segment.remembered++;
    }

    /** The last segment of the generation, with room for so many bytes more. The first of them begins small. */
    private Segment roomy(int generation, int more) {
        List<Segment> all = generations.computeIfAbsent(generation, key -> new ArrayList<>());
        Segment last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last == null || !last.hasRoomFor(more)) {
            int bytes = all.isEmpty() ? SMALLEST_SEGMENT : SEGMENT_BYTES;
            last = new Segment(++lastSegment, generation, Math.max(more, bytes));
            all.add(last);
            segments.put(last.id, last);
        }
        last.makeRoomFor(more);
        return last;
    }

    private TaskEntry read(Segment segment, int place) {
        reader.begin(segment.bytes, place);
        reader.bytesLength();
        TaskEntry entry = new TaskEntry(form.read(reader));
        entry.generation = segment.generation;
        entry.queue = queueOf(entry);
        entry.standsAt = TaskEntry.REMEMBERED;
        return entry;
    }

    private TaskQueue queueOf(TaskEntry entry) {
        if (recent == null || !entry.task().isOfQueue(recent.utf8)) {
            recent = queues.get(entry.task().queue());
        }
        return recent;
    }

    /** Takes the task into the given generation; false if it is not here. */
    boolean renew(long number, int generation) {
        long location = locations.get(number);
        if (location == 0) {
            return false;
        }
        Segment old = segmentOf(location);
        if (old.generation != generation) {
            int place = (int) location;
            int bytes = next(old, place) - place;
            Segment segment = roomy(generation, bytes);
            place(number, segment);
            System.arraycopy(old.bytes, place, segment.bytes, segment.used, bytes);
            segment.used += bytes;
            old.forgetOne();
        }
        return true;
    }

    /** Tells a copy of each task of an earlier generation than this, and forgets all of them. */
    void forgetBefore(long generation, Consumer<TaskEntry> each) {
        while (!generations.isEmpty() && generations.firstKey() < generation) {
            for (Segment segment : generations.firstEntry().getValue()) {
                for (int place = 0; place < segment.used; place = next(segment, place)) {
                    if (isCurrent(segment, place)) {
                        TaskEntry entry = read(segment, place);
                        each.accept(entry);
                        locations.remove(entry.number);
                    }
                }
                segments.remove(segment.id);
            }
            generations.pollFirstEntry();
        }
        // A queue may have gone with the last of its tasks.
        recent = null;
    }

    /** Tells a copy of each task. */
    void forEach(Consumer<TaskEntry> each) {
        Walk walk = new Walk(Long.MAX_VALUE);
        for (TaskEntry entry = walk.next(); entry != null; entry = walk.next()) {
            each.accept(entry);
        }
    }

    private int next(Segment segment, int place) {
        reader.begin(segment.bytes, place);
        reader.skipBytes();
        return reader.at();
    }

    /** Whether the task at this place has not been packed anew since. */
    private boolean isCurrent(Segment segment, int place) {
        reader.begin(segment.bytes, place);
        reader.bytesLength();
        return locations.get(reader.varint()) == (segment.id << Integer.SIZE | place);
    }

    /**
     * Goes over the tasks of the generations before a given one. What is packed into the last of these meanwhile it still
     * meets; what leaves them, for a generation that it does not go over, it does not.
     */
    final class Walk {
        private final long before;
        private Integer generation;
        private int index;
        private int place;

        Walk(long before) {
            this.before = before;
        }

        /** A copy of the next task, or null if none is left by now. */
        TaskEntry next() {
            for (Segment segment = segment(); segment != null; segment = segment()) {
                int at = place;
                place = RememberedEnds.this.next(segment, at);
                if (isCurrent(segment, at)) {
                    return read(segment, at);
                }
            }
            return null;
        }

        /** The segment in which the next one lies, or null. */
        private Segment segment() {
            if (generation == null) {
                generation = generations.isEmpty() ? null : generations.firstKey();
            }
            while (generation != null && generation < before) {
                List<Segment> all = generations.get(generation);
                if (all != null && index < all.size() && place < all.get(index).used) {
                    return all.get(index);
                }
                if (all != null && index + 1 < all.size()) {
                    index++;
                } else {
                    Integer later = generations.higherKey(generation);
                    if (later == null || later >= before) {
                        return null;
                    }
                    generation = later;
                    index = 0;
                }
                place = 0;
            }
            return null;
        }
    }
}
