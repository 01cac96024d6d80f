// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.pipeline.grammar.FieldCompiler;
import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import io.nephometer.runtime.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the text of {@code event_definitions.yaml}. Every fault in it is an error: nothing is loaded then. */
public final class EventDefinitionsReader {
    private final ProblemList problems;
    private final FieldCompiler fields;

    private EventDefinitionsReader(ProblemList problems) {
        this.problems = problems;
        this.fields = new FieldCompiler(problems, Severity.ERROR);
    }

    /**
     * The definitions by rank, the last of the file first.
     *
     * @param problems where faults go; if there are errors, the definitions are incomplete
     */
    public static List<EventDefinition> read(String text, ProblemList problems) {
        EventDefinitionsReader reader = new EventDefinitionsReader(problems);
        List<EventDefinition> definitions = new ArrayList<>();
        Optional<YamlNode> root = YamlReader.read(text, problems);
        if (root.isPresent()) {
            if (root.get() instanceof Sequence list) {
                reader.addAll(list, definitions);
            } else {
                problems.add(Severity.ERROR, root.get(), "", "expected a list of event definitions");
            }
        }
        return definitions.reversed();
    }

    /** The definition for all types that no other definition is for: the default traits alone. */
    public static EventDefinition catchAll() {
        return new EventDefinition(List.of(Glob.of("*")), List.of(), List.copyOf(DefaultTraits.ALL.values()));
    }

    private void addAll(Sequence list, List<EventDefinition> definitions) {
        int number = 0;
        for (YamlNode item : list.items()) {
            String key = "[" + ++number + "]";
            if (item instanceof Mapping mapping) {
                EventDefinition definition = definition(mapping, key);
                if (definition != null) {
                    definitions.add(definition);
                }
            } else {
                problems.add(Severity.ERROR, item, key, "expected a map with event_type and traits");
            }
        }
    }

    private @Nullable EventDefinition definition(Mapping definition, String key) {
        YamlNode types = definition.get("event_type");
        YamlNode traits = definition.get("traits");
        if (types == null || traits == null) {
            String missing = types == null ? "event_type" : "traits";
            problems.add(Severity.ERROR, definition.line(), key, missing + " is missing");
            return null;
        }
        List<Glob> included = new ArrayList<>();
        List<Glob> excluded = new ArrayList<>();
        for (String type : types(types, key + ".event_type")) {
            if (type.startsWith("!")) {
                excluded.add(Glob.of(type.substring(1)));
            } else {
                included.add(Glob.of(type));
            }
        }
        if (included.isEmpty() && !excluded.isEmpty()) {
            included.add(Glob.of("*"));
        }
        return new EventDefinition(included, excluded, traits(traits, key + ".traits"));
    }

    private List<String> types(YamlNode node, String key) {
        List<YamlNode> items = node instanceof Sequence list ? list.items() : List.of(node);
        List<String> types = new ArrayList<>();
        for (YamlNode item : items) {
            if (item instanceof Scalar(String type, int ignored)) {
                types.add(type);
            } else {
                problems.add(Severity.ERROR, item, key, "expected an event type, a pattern, or a list of them");
            }
        }
        return types;
    }

    private List<TraitDefinition> traits(YamlNode node, String key) {
        Map<String, TraitDefinition> traits = new LinkedHashMap<>(DefaultTraits.ALL);
        if (node instanceof Mapping mapping) {
            mapping.entries().forEach((name, trait) -> {
                String path = key + "." + name;
                TraitType type = type(trait, path);
                FieldExpression field = fields.compile(trait, path);
                if (type != null && field != null) {
                    traits.put(name.toString(), new TraitDefinition(name.toString(), type, field));
                }
            });
        } else if (!(node instanceof Sequence list && list.items().isEmpty()) && !"".equals(node.plain())) {
            problems.add(Severity.ERROR, node, key, "expected a map of traits");
        }
        return List.copyOf(traits.values());
    }

    private @Nullable TraitType type(YamlNode trait, String key) {
        YamlNode name = trait instanceof Mapping mapping ? mapping.get("type") : null;
        if (name == null) {
            return TraitType.TEXT;
        }
        Optional<TraitType> type = name.plain() instanceof String text ? TraitType.named(text) : Optional.empty();
        if (type.isEmpty()) {
            problems.add(Severity.ERROR, name, key + ".type", "no such type; there are text, int, float and datetime");
        }
        return type.orElse(null);
    }
}
