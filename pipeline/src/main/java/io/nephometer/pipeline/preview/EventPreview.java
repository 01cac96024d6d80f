// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.events.EventConverter;
import io.nephometer.pipeline.events.EventDefinition;
import io.nephometer.pipeline.events.TraitDefinition;
import io.nephometer.pipeline.events.TraitFault;
import io.nephometer.runtime.json.Json;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The event of a notification, and why traits are missing. */
final class EventPreview {
    private final EventConverter converter;

    EventPreview(EventConverter converter) {
        this.converter = converter;
    }

    /**
     * The event; null if there is none, as {@code remarks} then say.
     *
     * @throws PreviewFailure if there should be one
     */
    @Nullable Map<String, @Nullable Object> of(Map<String, @Nullable Object> tree, String priority, List<String> remarks)
            throws PreviewFailure {
        if (!EventConverter.takes(priority)) {
            remarks.add("event: notifications of the priority \"" + priority + "\" give none");
            return null;
        }
        String type = NotificationPreview.eventType(tree);
        EventDefinition definition = converter.definitionOf(type).orElse(null);
        if (definition == null) {
            remarks.add("event: no definition is for " + type + ", and such types are dropped");
            return null;
        }
        try {
            return event(type, definition, tree, priority, remarks);
        } catch (TraitFault e) {
            throw new PreviewFailure("trait " + e.trait() + ": " + e.detail());
        } catch (DateTimeException e) {
            throw new PreviewFailure("event: timestamp: " + e.getMessage());
        }
    }

    private Map<String, @Nullable Object> event(
            String type,
            EventDefinition definition,
            Map<String, @Nullable Object> tree,
            String priority,
            List<String> remarks)
            throws TraitFault {
        Map<?, ?> head = tree.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event_type", type);
        event.put("message_id", head.get("message_id"));
        event.put("generated", generated(head.get("timestamp")));
        event.put("traits", traits(definition, tree, remarks));
        if (definition.isCatchAll()) {
            remarks.add("event: no definition but the catch-all is for " + type);
        }
        if (converter.keepsRaw(priority)) {
            event.put("raw", tree);
        }
        return event;
    }

    private static String generated(@Nullable Object timestamp) {
        if (!(timestamp instanceof String text)) {
            throw new DateTimeException("expected a text, found " + Json.write(timestamp));
        }
        return IsoTime.utcText(IsoTime.parse(text).instant());
    }

    private static List<List<Object>> traits(
            EventDefinition definition, Map<String, @Nullable Object> tree, List<String> remarks) throws TraitFault {
        Map<String, TraitValue> found = new TreeMap<>();
        for (Trait trait : definition.traitsOf(tree)) {
            found.put(trait.name(), trait.value());
        }
        Map<String, Integer> dtypes = new TreeMap<>();
        for (TraitDefinition trait : definition.traits()) {
            dtypes.put(trait.name(), trait.type().dtype());
            if (!found.containsKey(trait.name())) {
                remarks.add("trait " + trait.name() + ": " + trait.absence(tree));
            }
        }
        List<List<Object>> traits = new ArrayList<>();
        found.forEach(
                (name, value) -> traits.add(List.of(name, dtypes.getOrDefault(name, value.dtype()), json(value))));
        return traits;
    }

    private static Object json(TraitValue value) {
        return switch (value) {
            case TraitValue.Text(String text) -> text;
            case TraitValue.Int(var number) -> number;
            case TraitValue.Decimal(double number) -> number;
            case TraitValue.Datetime(var time) -> IsoTime.utcText(time);
        };
    }
}
