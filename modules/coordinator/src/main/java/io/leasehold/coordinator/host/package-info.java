/** Which shards this process has copies of: starts, claims, hands over and stops them as the cluster changes. */
package io.leasehold.coordinator.host;
