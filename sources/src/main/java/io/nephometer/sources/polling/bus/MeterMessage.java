// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Sample;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.sources.polling.MeasuringTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sample as Ceilometer's agents exchange it: the keys, their order and the forms of values are theirs. */
final class MeterMessage {
    /** Whole seconds in UTC without a zone, as all starts of slots are. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private MeterMessage() {}

    static Map<String, @Nullable Object> of(
            Sample sample, String source, @Nullable MeasuringTime measured, @Nullable Secret secret) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("source", source);
        message.put("counter_name", sample.meter().name());
        message.put("counter_type", sample.meter().type().wireName());
        message.put("counter_unit", sample.meter().unit());
        message.put("counter_volume", sample.volume());
        message.put("user_id", sample.userId());
        message.put("project_id", sample.projectId());
        message.put("resource_id", sample.resourceId());
        message.put("timestamp", TIME.format(sample.timestamp()));
        message.put("resource_metadata", sample.metadata());
        message.put("message_id", sample.id().toString());
        message.put("monotonic_time", measured == null ? null : measured.monotonicSeconds());
        if (secret != null) {
            message.put(
                    MessageSignature.FIELD,
                    MessageSignature.with(secret.reveal()).of(message));
        }
        return message;
    }
}
