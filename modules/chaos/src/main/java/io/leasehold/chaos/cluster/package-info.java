/** The processes under test: brokers, ZooKeepers and coordinators, with proxies before each coordinator's connections. */
package io.leasehold.chaos.cluster;
