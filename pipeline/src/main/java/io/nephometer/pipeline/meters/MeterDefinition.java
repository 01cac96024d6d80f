// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.pipeline.grammar.FieldException;
import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.pipeline.jsonpath.JsonPathEvaluationException;
import io.nephometer.pipeline.jsonpath.PythonPattern;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of one meter, or of one family of meters, are made of.
 *
 * @param label the name as it is written in the definition
 * @param eventTypes the definition is for types that start with a match of one of these
 * @param attributes where each attribute comes from; those that may be absent may be absent
 * @param literals what an attribute is if its expression finds nothing
 * @param lookup null if the definition gives one sample, else the attributes that must have one value for each name
 * @param metadata what the samples' metadata is made of; if empty, or if nothing of it is found, it is the whole payload
 * @param userMetadata where the user's own metadata is
 */
record MeterDefinition(
        String label,
        List<PythonPattern> eventTypes,
        Map<Attribute, FieldExpression> attributes,
        Map<Attribute, Object> literals,
        @Nullable Set<Attribute> lookup,
        Map<String, FieldExpression> metadata,
        @Nullable FieldExpression userMetadata) {

    MeterDefinition {
        eventTypes = List.copyOf(eventTypes);
        attributes = Collections.unmodifiableMap(new EnumMap<>(attributes));
        literals = Collections.unmodifiableMap(literals.isEmpty() ? Map.of() : new EnumMap<>(literals));
        lookup = lookup == null
                ? null
                : lookup.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(lookup));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** @throws FieldException if an expression cannot cope with the length of the type */
    boolean matches(String eventType) {
        try {
            return eventTypes.stream().anyMatch(pattern -> pattern.matchesStart(eventType));
        } catch (JsonPathEvaluationException e) {
            throw new FieldException("event_type: " + e.getMessage());
        }
    }
}
