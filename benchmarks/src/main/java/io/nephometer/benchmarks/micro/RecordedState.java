// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.benchmarks.Processing;
import io.nephometer.benchmarks.RecordedNotifications;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.NotificationDecoder;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.json.JsonMapper;

/** Recorded notifications of all kinds, in memory. One invocation of a benchmark goes through all of them. */
@State(Scope.Benchmark)
public class RecordedState {
    static final int COUNT = 1_000;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<RawMessage> messages = RecordedNotifications.sample(COUNT);

    private final List<Decoded.Notified> notified = decoded(messages);

    private static List<Decoded.Notified> decoded(List<RawMessage> messages) {
        NotificationDecoder decoder = Processing.decoder();
        return messages.stream()
                .map(decoder::decode)
                .map(Decoded.Notified.class::cast)
                .toList();
    }

    List<Decoded.Notified> notified() {
        return notified;
    }

    List<RawMessage> messages() {
        return messages;
    }

    /** The limit: reads the envelope, and the message inside it, as trees. */
    void parseAll(Blackhole sink) {
        for (RawMessage message : messages) {
            String inner = mapper.readTree(message.body().unsafeArray())
                    .get("oslo.message")
                    .stringValue();
            sink.consume(mapper.readTree(inner));
        }
    }
}
