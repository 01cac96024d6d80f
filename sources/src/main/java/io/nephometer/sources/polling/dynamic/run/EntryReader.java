// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.definition.Extraction;
import io.nephometer.sources.polling.dynamic.definition.ExtractionException;
import io.nephometer.sources.polling.dynamic.definition.VolumeSource;
import io.nephometer.sources.polling.dynamic.expression.ExpressionException;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Keys;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes readings of entries. What is wrong with one entry, or with one of its sub-metrics, costs only that. */
final class EntryReader {
    private final DynamicPollsterDefinition definition;
    private final Enriching enriching;
    private final Shortage shortage;

    EntryReader(DynamicPollsterDefinition definition, Enriching enriching, Shortage shortage) {
        this.definition = definition;
        this.enriching = enriching;
        this.shortage = shortage;
    }

    void read(@Nullable Object entry, Consumer<Reading> to) throws InterruptedException {
        if (!(entry instanceof Map<?, ?> map)) {
            shortage.add(Shortage.ENTRY, 1, "an entry is no map, but " + Types.name(entry));
            return;
        }
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        map.forEach((key, value) -> known.put(String.valueOf(key), value));
        try {
            identify(known);
            switch (definition.values().source()) {
                case VolumeSource.Single(Extraction value) -> single(known, value, to);
                case VolumeSource.Several several -> several(known, several, to);
            }
        } catch (ExtractionException | ExpressionException | Fault e) {
            failed(known, e);
        }
    }

    private void failed(Map<String, @Nullable Object> entry, Exception e) {
        Object id = entry.get("id");
        shortage.add(Shortage.ENTRY, 1, (id == null ? "" : id + ": ") + e.getMessage());
    }

    /** Whose it is goes under the usual keys, where metadata find it too. */
    private void identify(Map<String, @Nullable Object> entry) throws ExtractionException, ExpressionException {
        put(entry, "user_id", definition.identity().user());
        put(entry, "project_id", definition.identity().project());
        put(entry, "id", definition.identity().resource());
    }

    private static void put(Map<String, @Nullable Object> entry, String key, @Nullable Extraction extraction)
            throws ExtractionException, ExpressionException {
        if (extraction != null) {
            entry.put(key, extraction.of(entry));
        }
    }

    @SuppressWarnings("ReferenceEquality") // the entry would have to hold itself
    private void single(Map<String, @Nullable Object> entry, Extraction extraction, Consumer<Reading> to)
            throws ExtractionException, ExpressionException, InterruptedException {
        Object value = extraction.of(entry);
        if (value == entry) {
            throw new ExtractionException("the entry itself is no volume");
        }
        if (!isSkipped(value)) {
            entry.put("value", mapped(value));
            to.accept(reading(definition.name(), entry));
        }
    }

    private void several(Map<String, @Nullable Object> entry, VolumeSource.Several source, Consumer<Reading> to)
            throws ExtractionException, InterruptedException {
        if (!(entry.get(source.list()) instanceof List<?> list)) {
            throw new ExtractionException(source.list() + " is no list of objects");
        }
        for (Object item : list) {
            try {
                if (!(item instanceof Map<?, ?> map) || !(map.get(source.attribute()) instanceof String name)) {
                    throw new ExtractionException("an item of " + source.list() + " has no text " + source.attribute());
                }
                Object value = source.value().of(item);
                if (!isSkipped(value) && !isSkipped(name)) {
                    entry.put("value", value);
                    to.accept(reading(definition.name().replace("{" + source.attribute() + "}", name), entry));
                }
            } catch (ExtractionException | ExpressionException | Fault e) {
                failed(entry, e);
            }
        }
    }

    private boolean isSkipped(@Nullable Object value) {
        return Iterables.contains(definition.values().skipped(), value, new Budget());
    }

    private @Nullable Object mapped(@Nullable Object value) {
        Map<Object, @Nullable Object> mapping = definition.values().mapping();
        if (mapping.isEmpty()) {
            return value;
        }
        Object key = Keys.in(mapping, value);
        return mapping.containsKey(key) ? mapping.get(key) : definition.values().fallback();
    }

    private Reading reading(String name, Map<String, @Nullable Object> entry)
            throws ExtractionException, ExpressionException, InterruptedException {
        Map<String, @Nullable Object> metadata = metadata(entry);
        entry.put("metadata", metadata);
        enriching.of(definition, entry).forEach(metadata::putIfAbsent);
        return new Reading(
                name,
                definition.type(),
                definition.unit(),
                entry.get("value"),
                entry.get("user_id"),
                entry.get("project_id"),
                entry.get("id"),
                metadata);
    }

    private Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> entry)
            throws ExtractionException, ExpressionException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        for (Extraction field : definition.metadata().fields()) {
            metadata.put(field.text(), field.of(entry));
        }
        for (String key : List.copyOf(metadata.keySet())) {
            String renamed = definition.metadata().renamed().get(key);
            if (renamed != null) {
                metadata.put(renamed, metadata.get(key));
                if (!definition.metadata().keepsOld()) {
                    metadata.remove(key);
                }
            }
        }
        return metadata;
    }
}
