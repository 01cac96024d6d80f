// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.JsonPath;
import io.nephometer.pipeline.jsonpath.JsonPathSyntaxException;
import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import java.math.BigInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles field expressions: an integer, a path, a list of paths (the first match counts), or a map of {@code fields} and
 * optionally {@code plugin}.
 */
public final class FieldCompiler {
    private final ProblemList problems;
    private final Severity severity;
    private final PluginCompiler plugins;

    /**
     * @param problems where faults go
     * @param severity of a fault in an expression; parameters of plugins are always errors
     */
    public FieldCompiler(ProblemList problems, Severity severity) {
        this.problems = problems;
        this.severity = severity;
        this.plugins = new PluginCompiler(problems);
    }

    /** The expression in {@code node}; null if there is a problem, which is then in the list. */
    public @Nullable FieldExpression compile(YamlNode node, String key) {
        if (!(node instanceof Mapping mapping)) {
            return expression(node, null, key);
        }
        YamlNode fields = mapping.get("fields");
        if (fields == null) {
            problems.add(severity, node, key, "fields is missing: the path, or the list of paths, to the value");
            return null;
        }
        YamlNode named = mapping.get("plugin");
        FieldPlugin plugin = named == null ? null : plugins.compile(named, key + ".plugin", severity);
        return named != null && plugin == null ? null : expression(fields, plugin, key + ".fields");
    }

    private @Nullable FieldExpression expression(YamlNode node, @Nullable FieldPlugin plugin, String key) {
        YamlNode single = node instanceof Sequence list && list.items().size() == 1
                ? list.items().getFirst()
                : node;
        if (single instanceof Sequence list && !list.items().isEmpty()) {
            return path(union(list), list, plugin, key);
        }
        if (single instanceof Scalar(Object value, int line) && value != null) {
            if (value instanceof String text) {
                return path(text, single, plugin, key);
            }
            if (value instanceof Long || value instanceof BigInteger || value instanceof Boolean) {
                return new FieldExpression.Constant(value);
            }
        }
        problems.add(severity, single, key, "expected a path, a list of paths or an integer");
        return null;
    }

    private static String union(Sequence list) {
        return list.items().stream()
                .map(item -> "(" + PythonText.str(item.plain()) + ")")
                .collect(Collectors.joining("|"));
    }

    private @Nullable FieldExpression path(String text, YamlNode node, @Nullable FieldPlugin plugin, String key) {
        try {
            JsonPath path = JsonPath.parse(text);
            return plugin == null ? new FieldExpression.Selected(path) : new FieldExpression.Plugged(path, plugin);
        } catch (JsonPathSyntaxException e) {
            problems.add(severity, node, key, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
