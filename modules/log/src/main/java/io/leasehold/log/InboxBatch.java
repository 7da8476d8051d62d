package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What some records of an inbox came to.
 *
 * @param copies what must be acknowledged elsewhere before the batch may be passed: the rejected and the re-sent
 */
record InboxBatch(List<Arrival> arrivals, List<ProducerRecord<byte[], byte[]>> copies, int rejected, int resent) {}
