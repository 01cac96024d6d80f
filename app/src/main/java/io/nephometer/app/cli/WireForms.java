// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Event;
import io.nephometer.model.Sample;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.decode.IsoTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events and samples as JSON, in Ceilometer's names and forms. */
final class WireForms {
    private WireForms() {}

    /** {@code {"event_type", "message_id", "generated", "traits": [[name, dtype, value], …]}}, traits by name. */
    static Map<String, @Nullable Object> event(Event event) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("event_type", event.type());
        form.put("message_id", event.id().text());
        form.put("generated", time(event.generated()));
        List<Object> traits = new ArrayList<>(event.traits().size());
        event.traits().stream()
                .sorted(Comparator.comparing(Trait::name))
                .forEach(trait -> traits.add(List.of(trait.name(), trait.value().dtype(), value(trait.value()))));
        form.put("traits", traits);
        return form;
    }

    /** The value of a trait as JSON has it: text, number, or a time as text. */
    static Object value(TraitValue value) {
        return switch (value) {
            case TraitValue.Text(String text) -> text;
            case TraitValue.Int number -> number.value();
            case TraitValue.Decimal(double number) -> number;
            case TraitValue.Datetime(Instant time) -> time(time);
        };
    }

    /** {@code {"name", "type", "unit", "volume", "resource_id", "project_id", "user_id", "timestamp", "message_id", "metadata"}}. */
    static Map<String, @Nullable Object> sample(Sample sample) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("name", sample.meter().name());
        form.put("type", sample.meter().type().wireName());
        form.put("unit", sample.meter().unit());
        form.put("volume", sample.volume());
        form.put("resource_id", sample.resourceId());
        form.put("project_id", sample.projectId());
        form.put("user_id", sample.userId());
        form.put("timestamp", offsetTime(sample.timestamp()));
        form.put("message_id", messageId(sample.origin()));
        form.put("metadata", sample.metadata());
        return form;
    }

    private static @Nullable String messageId(Sample.Origin origin) {
        return switch (origin) {
            case Sample.Origin.Derived derived -> derived.message().text();
            case Sample.Origin.Polled _, Sample.Origin.Slotted _ -> null;
        };
    }

    /** UTC without offset, as events and traits have it on the wire. */
    static String time(Instant time) {
        return IsoTime.utcText(time);
    }

    /** UTC with offset, as samples have it on the wire. */
    static String offsetTime(Instant time) {
        return IsoTime.utcText(time) + "+00:00";
    }
}
