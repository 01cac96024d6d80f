// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.sources.polling.dynamic.expression.Expression;
import io.nephometer.sources.polling.dynamic.expression.ExpressionException;
import io.nephometer.sources.polling.dynamic.expression.Plain;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to take of an answer: {@code path | operation | operation}. The path leads through maps, {@code .} stays where it is; each
 * operation is an expression that reckons with {@code value}, what the step before it gave. A {@code |} within quotes separates too.
 *
 * @param text as written; also the name of a metadata field
 */
public record Extraction(String text, List<String> path, List<Expression> operations) {
    private static final int MOST_OPERATIONS = 100;
    private static final String VALUE = "value";

    public Extraction {
        path = List.copyOf(path);
        operations = List.copyOf(operations);
    }

    /** @throws SyntaxException if an operation is none; its message names the operation */
    static Extraction parse(String text) throws SyntaxException {
        String[] parts = text.split("\\|", -1);
        if (parts.length > MOST_OPERATIONS) {
            throw new SyntaxException(0, "more than " + MOST_OPERATIONS + " operations");
        }
        List<Expression> operations = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            operations.add(operation(parts[i].strip()));
        }
        String path = parts[0].strip();
        return new Extraction(text, path.equals(".") ? List.of() : List.of(path.split("\\.", -1)), operations);
    }

    private static Expression operation(String text) throws SyntaxException {
        if (!text.contains(VALUE)) {
            throw new SyntaxException(0, "the operation '" + text + "' must use value");
        }
        try {
            return Expression.parse(text, Set.of(VALUE));
        } catch (SyntaxException e) {
            throw new SyntaxException(e.position(), "in the operation '" + text + "': " + e.plainMessage());
        }
    }

    /** Whether it is only the name of a key. */
    public boolean isKey(String key) {
        return operations.isEmpty() && path.equals(List.of(key));
    }

    /**
     * What it takes of a plain value.
     *
     * @throws MissingException if a key of the path is not there
     * @throws ExpressionException if an operation has no value
     * @throws ExtractionException if the path leads through something else than maps
     */
    public @Nullable Object of(@Nullable Object answer)
            throws MissingException, ExtractionException, ExpressionException {
        Object value = answer;
        for (String key : path) {
            value = step(value, key);
        }
        for (Expression operation : operations) {
            value = operation.evaluate(Collections.singletonMap(VALUE, value));
        }
        return operations.isEmpty() ? value : Plain.of(value, text);
    }

    private @Nullable Object step(@Nullable Object value, String key) throws MissingException, ExtractionException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ExtractionException("'%s': %s has no keys, so no %s".formatted(text, kind(value), key));
        }
        if (!map.containsKey(key)) {
            throw new MissingException("'%s': there is no key %s".formatted(text, key));
        }
        return map.get(key);
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> _ -> "a list";
            case String _ -> "a text";
            default -> "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /** As {@link #of}, empty where a key is not there. */
    public Optional<Object> find(@Nullable Object answer) throws ExtractionException, ExpressionException {
        try {
            return Optional.ofNullable(of(answer));
        } catch (MissingException _) {
            return Optional.empty();
        }
    }
}
