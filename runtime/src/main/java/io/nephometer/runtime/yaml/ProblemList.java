// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.YamlNode.YamlDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one file, so that they are reported together. Not thread-safe. */
public final class ProblemList {
    private final String file;
    private final List<DefinitionProblem> problems = new ArrayList<>();

    /** @param file as the user named it */
    public ProblemList(String file) {
        this.file = file;
    }

    /** Adds a problem with the piece {@code node} of the file. */
    public void add(Severity severity, YamlNode node, String key, String message) {
        Object value = node.plain();
        problems.add(new DefinitionProblem(severity, file, node.line(), key, shown(value), message));
    }

    /** Adds a problem with something that has no value of its own. */
    public void add(Severity severity, int line, String key, String message) {
        problems.add(new DefinitionProblem(severity, file, line, key, null, message));
    }

    /** How many problems there are of this severity or a worse one. */
    public int count(Severity severity) {
        return (int) problems.stream()
                .filter(problem -> problem.severity().compareTo(severity) <= 0)
                .count();
    }

    /** All problems, in the order found. */
    public List<DefinitionProblem> all() {
        return List.copyOf(problems);
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case YamlDate date -> date.text();
            case List<?> list -> list.stream().map(ProblemList::shownOrNull).toList();
            case Map<?, ?> map -> {
                Map<Object, String> entries = new LinkedHashMap<>();
                map.forEach((key, item) -> entries.put(key, shownOrNull(item)));
                yield entries;
            }
            case null, default -> value;
        };
    }

    private static String shownOrNull(@Nullable Object value) {
        return String.valueOf(shown(value));
    }
}
