// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.model.RawMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a polling agent of OpenStack sends. */
final class PolledMessage {
    private static final String TIME = "2026-11-22T01:30:00.000000";

    private PolledMessage() {}

    /** A gauge of {@code number} bytes with an id of its own. */
    static Map<String, @Nullable Object> sample(String id, long number) {
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        sample.put("counter_name", "memory.usage");
        sample.put("counter_type", "gauge");
        sample.put("counter_unit", "MB");
        sample.put("counter_volume", number + 0.5);
        sample.put("user_id", "u-polled");
        sample.put("project_id", "p-polled");
        sample.put("resource_id", "r-polled-" + number);
        sample.put("timestamp", TIME + "+00:00");
        sample.put("resource_metadata", Map.of("host", "compute-" + number));
        sample.put("message_id", id);
        sample.put("monotonic_time", null);
        return sample;
    }

    /** The message that carries samples. */
    static RawMessage envelope(String id, List<Map<String, @Nullable Object>> samples) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("message_id", id);
        message.put("publisher_id", "ceilometer.polling");
        message.put("event_type", "telemetry.polling");
        message.put("priority", "SAMPLE");
        message.put("payload", Map.of("samples", samples));
        message.put("timestamp", TIME.replace('T', ' '));
        message.put("_unique_id", id.replace("-", ""));
        return OsloMessage.of("ceilometer", "notifications.sample", message);
    }
}
