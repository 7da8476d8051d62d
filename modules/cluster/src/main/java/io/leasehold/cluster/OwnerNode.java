package io.leasehold.cluster;

/**
 * The content of {@code owners/SHARD}.
 *
 * @param owner who last published an effective claim, or null once it gave the shard up
 * @param url the owner's address, or null
 * @param epoch of that claim; it never falls, also not when the shard is given up
 */
record OwnerNode(String owner, String url, long epoch) {}
