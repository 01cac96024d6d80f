// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.pipeline.grammar.PlainValue;
import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import io.nephometer.runtime.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads meter definition files. Of several definitions with the same name, one counts: that of the earliest file, and within a
 * file the last one that is not faulty. So the order of reading files matters, and a file is read from its end.
 */
public final class MeterDefinitionsReader {
    private final Map<Object, MeterDefinition> byName = new LinkedHashMap<>();

    /**
     * Adds what a file defines and is not defined yet.
     *
     * @param problems where faults go; if there are errors, the definitions are incomplete
     */
    public void add(String text, ProblemList problems) {
        YamlReader.read(text, problems).ifPresent(root -> {
            if (root instanceof Mapping mapping && mapping.get("metric") instanceof Sequence list) {
                addAll(list, problems);
            } else {
                problems.add(Severity.ERROR, root, "", "expected a map with the key metric, a list of definitions");
            }
        });
    }

    /** What was read. */
    public MeterDefinitions definitions() {
        return new MeterDefinitions(List.copyOf(byName.values()));
    }

    private void addAll(Sequence list, ProblemList problems) {
        for (int i = list.items().size() - 1; i >= 0; i--) {
            YamlNode item = list.items().get(i);
            String key = "metric[" + (i + 1) + "]";
            if (item instanceof Mapping mapping) {
                add(mapping, key, problems);
            } else {
                problems.add(Severity.ERROR, item, key, "expected a map");
            }
        }
    }

    private void add(Mapping mapping, String key, ProblemList problems) {
        YamlNode name = mapping.get("name");
        if (name != null && !(name instanceof Scalar)) {
            problems.add(Severity.ERROR, name, key + ".name", "expected a text: the name, or the path to it");
            return;
        }
        Object identity = name == null ? null : PlainValue.canonical(name.plain());
        if (name != null && identity != null && byName.containsKey(identity)) {
            problems.add(
                    Severity.WARNING,
                    name,
                    key + ".name",
                    "another definition has this name and counts: that of an earlier file, or a later one of this file");
            return;
        }
        MeterDefinition definition = new MeterCompiler(mapping, key, problems).compile();
        if (definition != null && identity != null) {
            byName.put(identity, definition);
        }
    }

    /** The name as it is written. */
    static String label(@Nullable YamlNode name) {
        return name == null ? "" : PythonText.str(name.plain());
    }
}
