// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.model.UserMetadataRule;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.pipeline.grammar.PlainNumber;
import io.nephometer.pipeline.grammar.PlainValue;
import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.pipeline.meters.Dropped.Reason;
import io.nephometer.runtime.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies the definitions for one event type to one notification and collects the samples. For one thread. */
final class DefinitionRun {
    private final NotificationView notification;
    private final UserMetadataRule userMetadata;
    private final List<DerivedSample> samples = new ArrayList<>();
    private final List<Dropped> dropped = new ArrayList<>();
    private final Map<String, Integer> ordinals = new HashMap<>();

    DefinitionRun(NotificationView notification, UserMetadataRule userMetadata) {
        this.notification = notification;
        this.userMetadata = userMetadata;
    }

    SampleDerivation.Derived result() {
        return new SampleDerivation.Derived(samples, dropped);
    }

    /** @throws FieldException if the definition cannot be applied */
    void apply(MeterDefinition definition) {
        Map<String, @Nullable Object> metadata = metadata(definition);
        Set<Attribute> lookup = definition.lookup();
        if (lookup == null) {
            add(single(definition), metadata);
        } else {
            addSeveral(definition, lookup, metadata);
        }
    }

    /** @throws FieldException if the time of the sensors is none */
    void addSensors() {
        samples.addAll(IpmiSensors.of(notification, this::nextOrdinal));
    }

    private int nextOrdinal(String meter) {
        return ordinals.merge(meter, 1, Integer::sum) - 1;
    }

    private Map<Attribute, @Nullable Object> single(MeterDefinition definition) {
        Map<Attribute, @Nullable Object> values = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.ALL) {
            FieldExpression field = definition.attributes().get(attribute);
            Object found = field == null ? null : field.first(notification.tree());
            values.put(attribute, found == null ? fallback(definition, attribute) : found);
        }
        return values;
    }

    private void addSeveral(MeterDefinition definition, Set<Attribute> lookup, Map<String, @Nullable Object> metadata) {
        Map<Attribute, List<@Nullable Object>> columns = new EnumMap<>(Attribute.class);
        Attribute.ALL.forEach(attribute -> columns.put(attribute, column(definition, lookup, attribute)));
        int total = size(columns, Attribute.NAME);
        Attribute uneven = uneven(definition, lookup, columns);
        if (total == 0) {
            dropped.add(new Dropped(definition.label(), Reason.NOTHING_LOOKED_UP, null));
        } else if (uneven != null) {
            String counts = size(columns, uneven) + " of " + uneven.key() + " for " + total + " names";
            dropped.add(new Dropped(definition.label(), Reason.LOOKUP_UNEVEN, counts));
        } else {
            for (int row = 0; row < total; row++) {
                add(row(columns, row), metadata);
            }
        }
    }

    /** All values of an attribute; what stands in for them if there are none and none are required. */
    private List<@Nullable Object> column(MeterDefinition definition, Set<Attribute> lookup, Attribute attribute) {
        FieldExpression field = definition.attributes().get(attribute);
        if (field == null) {
            return Collections.singletonList(fallback(definition, attribute));
        }
        List<@Nullable Object> found = field.all(notification.tree());
        boolean required = attribute == Attribute.NAME || lookup.contains(attribute);
        return required || !found.isEmpty() ? found : Collections.singletonList(fallback(definition, attribute));
    }

    /** The first attribute that has neither a value for each name nor one for all; null if there is none. */
    private static @Nullable Attribute uneven(
            MeterDefinition definition, Set<Attribute> lookup, Map<Attribute, List<@Nullable Object>> columns) {
        int total = size(columns, Attribute.NAME);
        for (Attribute attribute : Attribute.ALL) {
            int size = size(columns, attribute);
            boolean perName = lookup.contains(attribute)
                    && !(definition.attributes().get(attribute) instanceof FieldExpression.Constant);
            if (size != total && (size != 1 || perName)) {
                return attribute;
            }
        }
        return null;
    }

    private static int size(Map<Attribute, List<@Nullable Object>> columns, Attribute attribute) {
        return columns.getOrDefault(attribute, List.of()).size();
    }

    private static Map<Attribute, @Nullable Object> row(Map<Attribute, List<@Nullable Object>> columns, int row) {
        Map<Attribute, @Nullable Object> values = new EnumMap<>(Attribute.class);
        columns.forEach((attribute, column) -> values.put(attribute, column.get(column.size() == 1 ? 0 : row)));
        return values;
    }

    /** What an attribute is if its expression finds nothing. */
    private @Nullable Object fallback(MeterDefinition definition, Attribute attribute) {
        return switch (attribute) {
            case NAME, TYPE, UNIT -> definition.literals().get(attribute);
            case USER_ID -> DefaultIds.USER.first(notification.tree());
            case PROJECT_ID -> DefaultIds.PROJECT.first(notification.tree());
            case VOLUME, TIMESTAMP, RESOURCE_ID -> null;
        };
    }

    private Map<String, @Nullable Object> metadata(MeterDefinition definition) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        definition.metadata().forEach((key, field) -> {
            Object value = field.first(notification.tree());
            if (!PlainValue.isFalsy(value)) {
                metadata.put(key, value);
            }
        });
        FieldExpression given = definition.userMetadata();
        Object user = given == null ? null : given.first(notification.tree());
        if (!PlainValue.isFalsy(user)) {
            addUserMetadata(user, metadata);
        }
        return metadata.isEmpty() ? notification.metadata() : Collections.unmodifiableMap(metadata);
    }

    private void addUserMetadata(@Nullable Object given, Map<String, @Nullable Object> metadata) {
        if (!(given instanceof Map<?, ?> map)) {
            throw new FieldException("user_metadata: expected a map, found " + Json.write(given));
        }
        Map<String, @Nullable Object> taken = userMetadata.of(map, metadata);
        if (!taken.isEmpty()) {
            metadata.put("user_metadata", taken);
        }
    }

    private void add(Map<Attribute, @Nullable Object> values, Map<String, @Nullable Object> metadata) {
        Object time = values.get(Attribute.TIMESTAMP);
        IsoTime timestamp = PlainValue.isFalsy(time) ? notification.timestamp() : NotificationView.time(time);
        Object name = values.get(Attribute.NAME);
        Object volume = values.get(Attribute.VOLUME);
        String label = PythonText.str(name);
        if (volume == null) {
            dropped.add(new Dropped(label, Reason.NO_VOLUME, null));
        } else if (!isNumeric(volume)) {
            dropped.add(new Dropped(label, Reason.NOT_NUMERIC, volume));
        } else {
            samples.add(new DerivedSample(
                    name,
                    values.get(Attribute.TYPE),
                    values.get(Attribute.UNIT),
                    volume,
                    values.get(Attribute.RESOURCE_ID),
                    values.get(Attribute.PROJECT_ID),
                    values.get(Attribute.USER_ID),
                    timestamp,
                    metadata,
                    nextOrdinal(label)));
        }
    }

    private static boolean isNumeric(Object volume) {
        if (volume instanceof List || volume instanceof Map) {
            throw new FieldException("volume: expected a number, found " + Json.write(volume));
        }
        return !(volume instanceof String) || PlainNumber.decimal(volume).isPresent();
    }
}
