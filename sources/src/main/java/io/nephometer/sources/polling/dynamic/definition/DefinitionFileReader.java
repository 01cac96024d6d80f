// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import io.nephometer.runtime.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one file, definition by definition: one that is wrong costs no other. For one use. */
final class DefinitionFileReader {
    private final String file;
    private final DefinitionOptions options;
    private final ProblemList problems;

    DefinitionFileReader(String file, DefinitionOptions options) {
        this.file = file;
        this.options = options;
        this.problems = new ProblemList(file);
    }

    DynamicDefinitions read(String text) {
        Map<String, DynamicPollsterDefinition> pollsters = new LinkedHashMap<>();
        for (YamlNode node : items(text)) {
            String key = "[" + pollsters.size() + "]";
            if (node instanceof Mapping map) {
                definition(map).ifPresent(pollster -> add(pollster, map, pollsters));
            } else {
                problems.add(Severity.SKIPPED, node, key, "a definition must be a map");
            }
        }
        return new DynamicDefinitions(List.copyOf(pollsters.values()), problems.all());
    }

    private List<YamlNode> items(String text) {
        Optional<YamlNode> root = YamlReader.read(text, problems);
        if (root.isEmpty()) {
            return List.of();
        }
        if (!(root.get() instanceof Sequence list)) {
            problems.add(
                    Severity.ERROR, root.get().line(), "", "a file of dynamic pollsters must be a list of definitions");
            return List.of();
        }
        return new ArrayList<>(list.items());
    }

    private Optional<DynamicPollsterDefinition> definition(Mapping map) {
        return new DefinitionReader(file, map, options, problems, null).read();
    }

    private void add(
            DynamicPollsterDefinition pollster, Mapping map, Map<String, DynamicPollsterDefinition> pollsters) {
        DynamicPollsterDefinition first = pollsters.putIfAbsent(pollster.name(), pollster);
        if (first != null) {
            problems.add(
                    Severity.WARNING,
                    map.line(),
                    pollster.name(),
                    "is defined at " + first.place() + " already; this one is not used");
        }
    }
}
