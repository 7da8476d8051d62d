package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.core.decide.Chance;

/** What a copy of a shard is made of, and what it reaches the world through. */
record ShardParts(
        int shard,
        ShardOptions options,
        Clock clock,
        Chance chance,
        LeaseTokens tokens,
        Journal journal,
        Inbox inbox,
        Ends ends,
        FrontDesk desk,
        ShardMeters meters) {}
