// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.model.Event;
import io.nephometer.model.MessageId;
import io.nephometer.pipeline.decode.Notification;
import io.nephometer.pipeline.grammar.TypeIndex;
import io.nephometer.runtime.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts notifications to events. Immutable and thread-safe; which definition is for which event type is looked up once per
 * type.
 */
public final class EventConverter {
    private static final Set<String> PRIORITIES = Set.of("info", "error", "audit", "critical", "debug", "warn");

    private final TypeIndex<Optional<EventDefinition>> index;
    private final Set<String> storeRaw;

    /**
     * @param definitions by rank: the first that matches a type is for it
     * @param storeRaw priorities whose events keep the whole notification, in any case of letters
     */
    public EventConverter(List<EventDefinition> definitions, Set<String> storeRaw) {
        List<EventDefinition> ranked = List.copyOf(definitions);
        this.index = new TypeIndex<>(type ->
                ranked.stream().filter(definition -> definition.matches(type)).findFirst());
        this.storeRaw = storeRaw.stream()
                .map(priority -> priority.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether notifications of this priority, in lower case, give events. */
    public static boolean takes(String priority) {
        return PRIORITIES.contains(priority);
    }

    /** The event of a notification. */
    public EventConversion convert(MessageId id, Notification notification) {
        if (!takes(notification.priority())) {
            return new EventConversion.Unmatched();
        }
        String type = notification.eventType();
        EventDefinition definition = definitionOf(type).orElse(null);
        if (definition == null) {
            return new EventConversion.Unmatched();
        }
        try {
            return new EventConversion.Converted(new Event(
                    id, type, notification.generated(), definition.traitsOf(notification.tree()), raw(notification)));
        } catch (TraitFault e) {
            return new EventConversion.Failed(e.trait(), e.detail());
        }
    }

    /** The definition that is for events of this type. */
    public Optional<EventDefinition> definitionOf(String eventType) {
        return index.of(eventType);
    }

    /** Whether events of notifications of this priority, in lower case, keep the whole notification. */
    public boolean keepsRaw(String priority) {
        return storeRaw.contains(priority);
    }

    private @Nullable String raw(Notification notification) {
        return keepsRaw(notification.priority()) ? Json.write(notification.tree()) : null;
    }
}
