// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Sample;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.sources.polling.MeasuringTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sample as Ceilometer's agents exchange it: the keys, their order and the forms of values are theirs.
 *
 * @param text JSON
 * @param nestedSize about the bytes of the text inside another JSON text
 * @param signature null without a secret
 */
record MeterMessage(String text, int nestedSize, @Nullable String signature) {
    /** Whole seconds in UTC without a zone, as all starts of slots are. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String METADATA = "resource_metadata";

    /** @param metadata JSON of the sample's metadata */
    static MeterMessage of(
            Sample sample,
            NestedText metadata,
            String source,
            @Nullable MeasuringTime measured,
            @Nullable Secret secret) {
        Map<String, @Nullable Object> before = before(sample, source);
        Map<String, @Nullable Object> after = after(sample, measured);
        String signature = secret == null ? null : signature(before, sample, after, secret);
        if (signature != null) {
            after.put(MessageSignature.FIELD, signature);
        }
        NestedText head = NestedText.of(opened(Json.write(before)) + ",\"" + METADATA + "\":");
        NestedText tail = NestedText.of("," + Json.write(after).substring(1));
        return new MeterMessage(
                head.text() + metadata.text() + tail.text(), head.size() + metadata.size() + tail.size(), signature);
    }

    private static Map<String, @Nullable Object> before(Sample sample, String source) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("source", source);
        members.put("counter_name", sample.meter().name());
        members.put("counter_type", sample.meter().type().wireName());
        members.put("counter_unit", sample.meter().unit());
        members.put("counter_volume", sample.volume());
        members.put("user_id", sample.userId());
        members.put("project_id", sample.projectId());
        members.put("resource_id", sample.resourceId());
        members.put("timestamp", TIME.format(sample.timestamp()));
        return members;
    }

    private static Map<String, @Nullable Object> after(Sample sample, @Nullable MeasuringTime measured) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("message_id", sample.id().toString());
        members.put("monotonic_time", measured == null ? null : measured.monotonicSeconds());
        return members;
    }

    private static String signature(
            Map<String, @Nullable Object> before, Sample sample, Map<String, @Nullable Object> after, Secret secret) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(before);
        whole.put(METADATA, sample.metadata());
        whole.putAll(after);
        return MessageSignature.with(secret.reveal()).of(whole);
    }

    private static String opened(String object) {
        return object.substring(0, object.length() - 1);
    }
}
