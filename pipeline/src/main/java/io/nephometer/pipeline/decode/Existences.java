// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import io.nephometer.model.Existence;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds in a notification that an instance existed in a period: in the payload as it was sent, whatever definitions make of it. */
public final class Existences {
    private static final String LEGACY = "compute.instance.exists";
    private static final String VERSIONED = "instance.exists";

    private static final List<String> NUMBERS = List.of("vcpus", "memory_mb", "disk_gb", "root_gb", "ephemeral_gb");
    private static final List<String> TEXTS =
            List.of("tenant_id", "user_id", "display_name", "host", "state", "instance_type", "instance_flavor_id");
    private static final List<String> TIMES = List.of("launched_at", "deleted_at");

    /** As long as a trait may be. */
    private static final int LONGEST = 255;

    private static final Comparator<Trait> BY_NAME = Comparator.comparing(Trait::name);

    private Existences() {}

    /** Empty if it says no such thing, or nothing that has an instance and a period. */
    public static Optional<Existence> of(Notification notification) {
        Object payload = notification.tree().get("payload");
        return switch (notification.eventType()) {
            case LEGACY -> map(payload).flatMap(sent -> existence(sent, "instance_id", sent, sent));
            case VERSIONED -> object(payload).flatMap(sent -> versioned(sent));
            default -> Optional.empty();
        };
    }

    private static Optional<Existence> versioned(Map<?, ?> sent) {
        return object(sent.get("audit_period")).flatMap(period -> {
            Map<?, ?> flavor = object(sent.get("flavor")).orElse(Map.of());
            return existence(sent, "uuid", period, flavor);
        });
    }

    private static Optional<Existence> existence(Map<?, ?> sent, String id, Map<?, ?> period, Map<?, ?> size) {
        Instant begin = time(period.get("audit_period_beginning"));
        Instant end = time(period.get("audit_period_ending"));
        return sent.get(id) instanceof String instance && !instance.isBlank() && begin != null && end != null
                ? Optional.of(new Existence(instance, begin, end, facts(sent, size)))
                : Optional.empty();
    }

    private static List<Trait> facts(Map<?, ?> sent, Map<?, ?> size) {
        List<Trait> facts = new ArrayList<>();
        NUMBERS.forEach(name -> add(facts, name, size.get(name)));
        TEXTS.forEach(name -> add(facts, name, sent.get(name)));
        if (size.containsKey("flavorid")) {
            add(facts, "instance_type", size.get("name"));
            add(facts, "instance_flavor_id", size.get("flavorid"));
            addSum(facts, size.get("root_gb"), size.get("ephemeral_gb"));
        }
        for (String name : TIMES) {
            Instant time = time(sent.get(name));
            if (time != null) {
                facts.add(new Trait(name, new TraitValue.Datetime(time)));
            }
        }
        facts.sort(BY_NAME);
        return facts;
    }

    /** The versioned form has the two disks and not what they are together. */
    private static void addSum(List<Trait> facts, @Nullable Object root, @Nullable Object ephemeral) {
        if (root instanceof Long one && ephemeral instanceof Long two) {
            facts.add(new Trait("disk_gb", TraitValue.Int.of(one + two)));
        }
    }

    private static void add(List<Trait> facts, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Long number -> facts.add(new Trait(name, TraitValue.Int.of(number)));
            case BigInteger number -> facts.add(new Trait(name, new TraitValue.Int(number)));
            case String text -> facts.add(new Trait(name, new TraitValue.Text(cut(text))));
            default -> facts.add(new Trait(name, new TraitValue.Text(cut(value.toString()))));
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Null for what is no time: Nova writes an empty text for none. */
    private static @Nullable Instant time(@Nullable Object value) {
        try {
            return value instanceof String text ? IsoTime.parse(text).instant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Optional<Map<?, ?>> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static Optional<Map<?, ?>> object(@Nullable Object value) {
        return map(value).flatMap(wrapper -> map(wrapper.get("nova_object.data")));
    }
}
