/**
 * The coordinators straight from ZooKeeper, for workers that can reach it: a coordinator that joins or dies is known at
 * once. Curator's threads call; the worker's loop listens.
 */
package io.leasehold.client.zookeeper;
