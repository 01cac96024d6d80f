// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import io.nephometer.model.Event;
import io.nephometer.model.MessageId;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.pipeline.decode.Decoded.Notified;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.events.EventConversion;
import io.nephometer.pipeline.meters.DerivedSample;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.pipeline.meters.SampleDerivation;
import io.nephometer.pipeline.meters.SampleTyping;
import io.nephometer.runtime.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a notification becomes, in a form in which ours and that of a golden file can be compared whole: event type, message
 * id, time, every trait and every sample as JSON text with sorted keys, in sorted order, and the names of dropped samples.
 *
 * @param errors which conversions failed altogether, sorted
 */
record GoldenLine(
        String messageId,
        String event,
        List<String> traits,
        List<String> samples,
        List<String> dropped,
        List<String> errors) {

    /** What {@code definitions} make of a notification. */
    static GoldenLine of(Definitions definitions, Notified notified) {
        List<String> errors = new ArrayList<>();
        String event = "none";
        List<String> traits = List.of();
        switch (definitions.events().convert(notified.id(), notified.notification())) {
            case EventConversion.Converted converted -> {
                event = head(converted.event());
                traits = sorted(converted.event().traits().stream()
                        .map(GoldenLine::traitOf)
                        .toList());
            }
            case EventConversion.Unmatched unmatched -> {}
            case EventConversion.Failed failed -> errors.add("event: " + failed);
        }
        List<String> samples = List.of();
        List<String> dropped = List.of();
        switch (definitions.meters().derive(notified.notification())) {
            case SampleDerivation.Derived derived -> {
                samples = sorted(
                        derived.samples().stream().map(GoldenLine::sampleOf).toList());
                dropped = sorted(derived.dropped().stream()
                        // A look-up that finds nothing is nothing in Ceilometer, not something dropped.
                        .filter(one -> one.reason().isAboutVolume())
                        .map(Dropped::meter)
                        .toList());
                derived.samples().forEach(sample -> checkTyping(sample, notified.id()));
            }
            case SampleDerivation.Failed failed -> errors.add("samples: " + failed);
        }
        return new GoldenLine(notified.id().text(), event, traits, samples, dropped, errors);
    }

    /** A line of a golden file. */
    static GoldenLine parse(Map<?, ?> line) {
        String event = "none";
        List<String> traits = List.of();
        if (line.get("event") instanceof Map<?, ?> map) {
            event = head(map.get("event_type"), map.get("message_id"), map.get("generated"));
            traits = elements(map.get("traits"));
        }
        return new GoldenLine(
                String.valueOf(line.get("message_id")),
                event,
                traits,
                elements(line.get("samples")),
                line.get("dropped") instanceof List<?> names
                        ? sorted(names.stream().map(String::valueOf).toList())
                        : List.of(),
                elements(line.get("errors")));
    }

    GoldenLine withTraits(Collection<String> others) {
        return new GoldenLine(messageId, event, sorted(others), samples, dropped, errors);
    }

    private static String head(Event event) {
        return head(event.type(), event.id().text(), IsoTime.utcText(event.generated()));
    }

    private static String head(@Nullable Object type, @Nullable Object id, @Nullable Object generated) {
        return type + " " + id + " " + generated;
    }

    private static String traitOf(Trait trait) {
        List<@Nullable Object> triple = new ArrayList<>();
        triple.add(trait.name());
        triple.add((long) trait.value().dtype());
        triple.add(
                switch (trait.value()) {
                    case TraitValue.Text text -> text.value();
                    // The golden files were read by the same parser: what fits 64 bits is a long there.
                    case TraitValue.Int integer ->
                        integer.value().bitLength() < Long.SIZE
                                ? (Object) integer.value().longValueExact()
                                : integer.value();
                    case TraitValue.Decimal decimal -> decimal.value();
                    case TraitValue.Datetime time -> IsoTime.utcText(time.value());
                });
        return canonical(triple);
    }

    private static String sampleOf(DerivedSample sample) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", sample.name());
        map.put("type", sample.type());
        map.put("unit", sample.unit());
        map.put("volume", sample.volume());
        map.put("resource_id", sample.resourceId());
        map.put("project_id", sample.projectId());
        map.put("user_id", sample.userId());
        map.put("timestamp", sample.timestamp().text());
        map.put("metadata", sample.metadata());
        // Every sample of a cloud has the same source; only Ceilometer's wire format repeats it.
        map.put("source", "openstack");
        return canonical(map);
    }

    /** The ledger must take every sample that Ceilometer gives. */
    private static void checkTyping(DerivedSample sample, MessageId id) {
        if (!(sample.typed(id) instanceof SampleTyping.Typed)) {
            throw new AssertionError("not taken by the ledger: " + sample.typed(id));
        }
    }

    private static List<String> elements(@Nullable Object list) {
        return list instanceof List<?> values
                ? sorted(values.stream().map(GoldenLine::canonical).toList())
                : List.of();
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** JSON text that depends on the content alone, not on the order of keys. */
    private static String canonical(@Nullable Object value) {
        return Json.write(ordered(value));
    }

    private static @Nullable Object ordered(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put(String.valueOf(key), ordered(element)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(ordered(element)));
            return copy;
        }
        return value;
    }
}
