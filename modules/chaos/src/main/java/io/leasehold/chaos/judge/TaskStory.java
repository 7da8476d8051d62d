package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** All that was said about one task. */
final class TaskStory {
    final String id;
    final List<Event.Submitting> submissions = new ArrayList<>();
    final List<Event.Acknowledged> acknowledgements = new ArrayList<>();
    final List<Event.Cancelling> cancels = new ArrayList<>();
    final List<Event.Cancelled> cancelled = new ArrayList<>();
    final List<Event.Redriving> redrives = new ArrayList<>();
    /** By the number that names each end in its shard. */
    final TreeMap<Long, Event.Ended> ends = new TreeMap<>();

    final TreeMap<Long, LeaseStory> leasesByFence = new TreeMap<>();
    Event.Stands stands;

    TaskStory(String id) {
        this.id = id;
    }

    /** In the order of their fences. */
    Collection<LeaseStory> leases() {
        return leasesByFence.values();
    }

    boolean isAcknowledged() {
        return !acknowledgements.isEmpty();
    }

    /** Whether anyone asked for a new life of it: then counts begin anew. */
    boolean mayBeRedriven() {
        return !redrives.isEmpty();
    }

    boolean hasEnded() {
        return stands != null
                && List.of("completed", "dead", "expired", "cancelled").contains(stands.state());
    }
}
