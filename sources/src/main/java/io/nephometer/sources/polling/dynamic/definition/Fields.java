// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of one definition, each as what it has to be; what is wrong is noted. A key that holds null is as if it were not there. */
final class Fields {
    private static final double MOST_SECONDS = 366 * 86_400;

    private final Mapping map;
    private final String prefix;
    private final ProblemList problems;

    /** @param prefix what stands before keys in messages */
    Fields(Mapping map, String prefix, ProblemList problems) {
        this.map = map;
        this.prefix = prefix;
        this.problems = problems;
    }

    @Nullable YamlNode node(String key) {
        YamlNode node = map.get(key);
        return node instanceof Scalar(Object value, int _) && value == null ? null : node;
    }

    boolean has(String key) {
        return node(key) != null;
    }

    void wrong(String key, String message) {
        YamlNode node = node(key);
        if (node == null) {
            problems.add(Severity.SKIPPED, map.line(), prefix + key, message);
        } else {
            problems.add(Severity.SKIPPED, node, prefix + key, message);
        }
    }

    /** Something wrong with one item of the list under a key. */
    void wrong(YamlNode item, String key, String message) {
        problems.add(Severity.SKIPPED, item, prefix + key, message);
    }

    /** A text; empty if there is none. */
    String text(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return "";
        }
        if (node instanceof Scalar(Object value, int _) && value instanceof String text) {
            return text;
        }
        if (node instanceof Scalar(Object value, int _) && value instanceof Number number) {
            return number.toString();
        }
        wrong(key, "must be a text");
        return "";
    }

    /** A text that must be there and not be empty. */
    String required(String key) {
        YamlNode node = node(key);
        if (node == null || node.isFalsy()) {
            wrong(key, "is required");
            return "";
        }
        return text(key);
    }

    boolean truth(String key, boolean otherwise) {
        YamlNode node = node(key);
        return node == null ? otherwise : !node.isFalsy();
    }

    Duration seconds(String key, Duration otherwise) {
        YamlNode node = node(key);
        if (node == null) {
            return otherwise;
        }
        if (node instanceof Scalar(Object value, int _)
                && value instanceof Number number
                && !(value instanceof BigInteger)
                && number.doubleValue() >= 0
                && number.doubleValue() <= MOST_SECONDS) {
            return Duration.ofMillis(Math.round(number.doubleValue() * 1_000));
        }
        wrong(key, "must be a number of seconds");
        return otherwise;
    }

    /** The items of a list; one thing that is no list counts as a list of it. */
    List<YamlNode> oneOrMore(String key) {
        YamlNode node = node(key);
        return node instanceof Sequence list ? list.items() : node == null ? List.of() : List.of(node);
    }

    /** The items of a list. */
    List<YamlNode> list(String key) {
        YamlNode node = node(key);
        if (node != null && !(node instanceof Sequence)) {
            wrong(key, "must be a list");
        }
        return node instanceof Sequence list ? list.items() : List.of();
    }

    /** The extractions of a list; those that are none are left out. */
    List<Extraction> extractions(String key) {
        List<Extraction> extractions = new ArrayList<>();
        for (YamlNode item : list(key)) {
            try {
                if (item instanceof Scalar(Object value, int _) && value instanceof String text) {
                    extractions.add(Extraction.parse(text));
                } else {
                    wrong(item, key, "must be a text");
                }
            } catch (SyntaxException e) {
                wrong(item, key, String.valueOf(e.getMessage()));
            }
        }
        return extractions;
    }

    /** A map by keys that are any scalar. */
    Map<Object, @Nullable Object> map(String key) {
        YamlNode node = node(key);
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        if (node instanceof Mapping content) {
            content.entries().forEach((name, value) -> entries.put(name, value.plain()));
        } else if (node != null) {
            wrong(key, "must be a map");
        }
        return entries;
    }

    /** A map of texts; numbers become texts. */
    Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(key).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    /** An extraction; null if there is none, or an empty one. */
    @Nullable Extraction extraction(String key) {
        String text = text(key);
        return text.isEmpty() ? null : extraction(key, text);
    }

    @Nullable Extraction extraction(String key, String text) {
        try {
            return Extraction.parse(text);
        } catch (SyntaxException e) {
            wrong(key, e.getMessage());
            return null;
        }
    }

    /** A path or URL that must be there. */
    @Nullable Template path(String key) {
        return template(key, Template::ofPath);
    }

    /** A command that must be there. */
    @Nullable Template command(String key) {
        return template(key, Template::ofCommand);
    }

    private @Nullable Template template(String key, Reading reading) {
        String text = required(key);
        try {
            return text.isEmpty() ? null : reading.of(text);
        } catch (SyntaxException e) {
            wrong(key, "is no expression: " + e.getMessage());
            return null;
        }
    }

    @FunctionalInterface
    private interface Reading {
        Template of(String text) throws SyntaxException;
    }
}
