// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.model.MeterType;
import io.nephometer.pipeline.grammar.FieldCompiler;
import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.pipeline.jsonpath.PythonPattern;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one meter definition. Ceilometer leaves a definition out for some faults, while others stop all meters: the first
 * have the severity {@code SKIPPED} here, the others {@code ERROR}.
 */
final class MeterCompiler {
    private static final List<String> REQUIRED = List.of("name", "type", "event_type", "unit", "volume", "resource_id");
    private static final String LOOKUP = "lookup";

    private final Mapping definition;
    private final String key;
    private final ProblemList problems;
    private final FieldCompiler fields;

    MeterCompiler(Mapping definition, String key, ProblemList problems) {
        this.definition = definition;
        this.key = key;
        this.problems = problems;
        this.fields = new FieldCompiler(problems, Severity.SKIPPED);
    }

    /** The definition; null if there is a problem that is worse than a warning, which is then in the list. */
    @Nullable MeterDefinition compile() {
        int before = problems.count(Severity.SKIPPED);
        if (!hasRequired()) {
            return null;
        }
        List<PythonPattern> eventTypes = eventTypes();
        List<String> listed = lookup();
        checkType(listed);
        Map<Attribute, FieldExpression> attributes = attributes();
        Map<String, FieldExpression> metadata = metadata();
        FieldExpression userMetadata = userMetadata();
        if (problems.count(Severity.SKIPPED) > before) {
            return null;
        }
        return new MeterDefinition(
                MeterDefinitionsReader.label(definition.get("name")),
                eventTypes,
                attributes,
                literals(),
                listed.isEmpty() ? null : attributesIn(listed),
                metadata,
                userMetadata);
    }

    private boolean hasRequired() {
        List<String> missing = REQUIRED.stream()
                .filter(name -> {
                    YamlNode node = definition.get(name);
                    return node == null || node.isFalsy();
                })
                .toList();
        if (!missing.isEmpty()) {
            String names = String.join(", ", missing);
            problems.add(Severity.SKIPPED, definition.line(), key, "required and missing, or empty: " + names);
        }
        return missing.isEmpty();
    }

    private List<PythonPattern> eventTypes() {
        YamlNode node = required("event_type");
        List<PythonPattern> patterns = new ArrayList<>();
        for (YamlNode item : node instanceof Sequence list ? list.items() : List.of(node)) {
            if (!(item instanceof Scalar(String regex, int ignored))) {
                problems.add(
                        Severity.ERROR, item, key + ".event_type", "expected a regular expression or a list of them");
                continue;
            }
            try {
                patterns.add(PythonPattern.compile(regex));
            } catch (PatternSyntaxException e) {
                problems.add(
                        Severity.ERROR,
                        item,
                        key + ".event_type",
                        "not a regular expression (a shell pattern such as volume.* is one by chance only): "
                                + e.getDescription());
            }
        }
        return patterns;
    }

    /** The names in {@code lookup}; a text is a list of one. */
    private List<String> lookup() {
        YamlNode node = definition.get(LOOKUP);
        return switch (node) {
            case null -> List.of();
            case Scalar(String name, int ignored) -> List.of(name);
            case Sequence list ->
                list.items().stream().map(item -> String.valueOf(item.plain())).toList();
            default -> {
                problems.add(
                        Severity.ERROR,
                        node,
                        key + "." + LOOKUP,
                        "expected the name of an attribute or a list of them");
                yield List.of();
            }
        };
    }

    private void checkType(List<String> listed) {
        // A text is searched for the word, as Python's "in" does.
        boolean lookedUp = definition.get(LOOKUP) instanceof Scalar
                ? listed.stream().anyMatch(text -> text.contains("type"))
                : listed.contains("type");
        YamlNode type = required("type");
        if (!lookedUp
                && !(type.plain() instanceof String name
                        && MeterType.ofWireName(name).isPresent())) {
            problems.add(Severity.SKIPPED, type, key + ".type", "expected gauge, delta or cumulative");
        }
    }

    private Map<Attribute, FieldExpression> attributes() {
        Map<Attribute, FieldExpression> attributes = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.ALL) {
            YamlNode node = definition.get(attribute.key());
            FieldExpression field = node == null || node.isFalsy() ? null : fields.compile(node, path(attribute));
            if (field != null) {
                attributes.put(attribute, field);
            }
        }
        return attributes;
    }

    private Map<Attribute, Object> literals() {
        Map<Attribute, Object> literals = new EnumMap<>(Attribute.class);
        for (Attribute attribute : List.of(Attribute.NAME, Attribute.TYPE, Attribute.UNIT)) {
            Object literal = required(attribute.key()).plain();
            if (literal != null) {
                literals.put(attribute, literal);
            }
        }
        return literals;
    }

    private Map<String, FieldExpression> metadata() {
        YamlNode node = definition.get("metadata");
        Map<String, FieldExpression> metadata = new LinkedHashMap<>();
        if (node instanceof Mapping mapping) {
            mapping.entries().forEach((name, expression) -> {
                FieldExpression field = fields.compile(expression, key + ".metadata." + name);
                if (field != null) {
                    metadata.put(name.toString(), field);
                }
            });
        } else if (node != null
                && !(node instanceof Sequence list && list.items().isEmpty())) {
            problems.add(Severity.ERROR, node, key + ".metadata", "expected a map of names and paths");
        }
        return metadata;
    }

    private @Nullable FieldExpression userMetadata() {
        YamlNode node = definition.get("user_metadata");
        return node == null || node.isFalsy() ? null : fields.compile(node, key + ".user_metadata");
    }

    private static Set<Attribute> attributesIn(List<String> listed) {
        Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
        Attribute.ALL.stream()
                .filter(attribute -> listed.contains(attribute.key()))
                .forEach(attributes::add);
        return attributes;
    }

    private YamlNode required(String name) {
        YamlNode node = definition.get(name);
        if (node == null) {
            throw new IllegalStateException(name + " was checked to be there");
        }
        return node;
    }

    private String path(Attribute attribute) {
        return key + "." + attribute.key();
    }
}
