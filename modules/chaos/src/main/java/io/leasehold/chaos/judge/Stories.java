package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A history sorted by tasks and leases, and what was done to the processes meanwhile. */
final class Stories {
    private final Map<String, TaskStory> tasks = new LinkedHashMap<>();
    private final Map<String, LeaseStory> leases = new HashMap<>();
    private final Map<Integer, Event.FaultBegan> open = new HashMap<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Event.Silenced> silences = new ArrayList<>();

    /** A time in which something was wrong. */
    record Trouble(String name, long fromNs, long toNs) {}

    Stories(List<Event> events) {
        // Reports and heartbeats name leases alone: whose they are is known once all grants are.
        events.stream().filter(event -> event instanceof Event.Granted).forEach(event -> grant((Event.Granted) event));
        events.forEach(this::take);
        open.values().forEach(began -> troubles.add(new Trouble(name(began), began.atNs(), Long.MAX_VALUE)));
    }

    List<TaskStory> tasks() {
        return List.copyOf(tasks.values());
    }

    List<Trouble> troubles() {
        return troubles;
    }

    /** Whether the worker, or the process that it lived in, fell silent within the time. */
    boolean isSilenced(String worker, long fromNs, long toNs) {
        return silences.stream()
                .filter(silence -> silence.fromNs() >= fromNs && silence.fromNs() <= toNs)
                .flatMap(silence -> silence.workers().stream())
                .anyMatch(name -> name.endsWith(".") ? worker.startsWith(name) : worker.equals(name));
    }

    private void grant(Event.Granted granted) {
        LeaseStory lease = leases.computeIfAbsent(granted.lease(), token -> new LeaseStory());
        lease.grants.add(granted);
        task(granted.id()).leasesByFence.putIfAbsent(granted.fence(), lease);
    }

    private void take(Event event) {
        if (event instanceof Event.Submitting it) {
            task(it.id()).submissions.add(it);
        } else if (event instanceof Event.Acknowledged it) {
            task(it.id()).acknowledgements.add(it);
        } else if (event instanceof Event.Cancelling it) {
            task(it.id()).cancels.add(it);
        } else if (event instanceof Event.Cancelled it) {
            task(it.id()).cancelled.add(it);
        } else if (event instanceof Event.Redriving it) {
            task(it.id()).redrives.add(it);
        } else if (event instanceof Event.Ended it) {
            task(it.id()).ends.put(it.number(), it);
        } else if (event instanceof Event.Stands it) {
            task(it.id()).stands = it;
        } else {
            takeOfLeasesAndFaults(event);
        }
    }

    private void takeOfLeasesAndFaults(Event event) {
        if (event instanceof Event.Beat it && leases.containsKey(it.lease())) {
            leases.get(it.lease()).beats.add(it);
        } else if (event instanceof Event.Reporting it && leases.containsKey(it.lease())) {
            leases.get(it.lease()).reports.add(it);
        } else if (event instanceof Event.Reported it && leases.containsKey(it.lease())) {
            leases.get(it.lease()).answers.add(it);
        } else if (event instanceof Event.Silenced it) {
            silences.add(it);
        } else if (event instanceof Event.FaultBegan it) {
            open.put(it.number(), it);
        } else if (event instanceof Event.FaultEnded it && open.containsKey(it.number())) {
            Event.FaultBegan began = open.remove(it.number());
            troubles.add(new Trouble(name(began), began.atNs(), it.atNs()));
        }
    }

    private TaskStory task(String id) {
        return tasks.computeIfAbsent(id, TaskStory::new);
    }

    private static String name(Event.FaultBegan began) {
        return "#" + began.number() + " " + began.kind() + " " + began.target();
    }
}
