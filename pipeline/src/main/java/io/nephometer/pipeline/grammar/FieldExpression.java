// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.JsonPath;
import io.nephometer.pipeline.jsonpath.JsonPathEvaluationException;
import io.nephometer.pipeline.jsonpath.Match;
import io.nephometer.runtime.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a trait, or an attribute of a sample, takes its value from. Compiled, immutable, thread-safe. */
public sealed interface FieldExpression {
    /**
     * The first value that is not null; null if there is none.
     *
     * @throws FieldException if the expression does not apply to {@code tree}
     */
    @Nullable Object first(Object tree);

    /**
     * All values, nulls of the tree included.
     *
     * @throws FieldException if the expression does not apply to {@code tree}, or can only give one value
     */
    List<@Nullable Object> all(Object tree);

    /** Why {@link #first} gives null. */
    String absence(Object tree);

    /** A value written in the definition: an integer or a boolean. */
    record Constant(Object value) implements FieldExpression {
        @Override
        public Object first(Object tree) {
            return value;
        }

        @Override
        public List<@Nullable Object> all(Object tree) {
            return List.of(value);
        }

        @Override
        public String absence(Object tree) {
            return "is the constant " + value;
        }
    }

    /** What a path finds. */
    record Selected(JsonPath path) implements FieldExpression {
        @Override
        public @Nullable Object first(Object tree) {
            List<@Nullable Object> values = all(tree);
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }

        @Override
        public List<@Nullable Object> all(Object tree) {
            try {
                return path.values(tree);
            } catch (JsonPathEvaluationException e) {
                throw raised(path, e);
            }
        }

        @Override
        public String absence(Object tree) {
            return path.text() + (all(tree).isEmpty() ? " has no match" : " is null");
        }
    }

    /** What a plugin makes of what a path finds. */
    record Plugged(JsonPath path, FieldPlugin plugin) implements FieldExpression {
        @Override
        public @Nullable Object first(Object tree) {
            List<Match> present =
                    find(tree).stream().filter(match -> match.value() != null).toList();
            return plugin.apply(present).stream()
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<@Nullable Object> all(Object tree) {
            if (!plugin.givesSeveral()) {
                throw new FieldException(
                        "the plugin " + plugin.name() + " gives one value and cannot be used with lookup");
            }
            return plugin.apply(find(tree)).stream().filter(Objects::nonNull).toList();
        }

        @Override
        public String absence(Object tree) {
            List<Match> matches = find(tree);
            return matches.isEmpty()
                    ? path.text() + " has no match"
                    : "the plugin " + plugin.name() + " made nothing of "
                            + Json.write(matches.stream().map(Match::value).toList());
        }

        private List<Match> find(Object tree) {
            try {
                return path.find(tree);
            } catch (JsonPathEvaluationException e) {
                throw raised(path, e);
            }
        }
    }

    private static FieldException raised(JsonPath path, JsonPathEvaluationException cause) {
        return new FieldException(path.text() + ": " + cause.getMessage());
    }
}
