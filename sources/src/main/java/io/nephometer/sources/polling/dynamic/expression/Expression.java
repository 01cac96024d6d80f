// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.syntax.ExpressionParser;
import io.nephometer.sources.polling.dynamic.expression.syntax.Node;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An expression that is ready to be evaluated. Reads nothing but the values it is given and changes none of them. Thread-safe. */
public final class Expression {
    private final String text;
    private final Node root;

    private Expression(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Reads an expression.
     *
     * @param names that will have a value when it is evaluated
     * @throws SyntaxException if it is none of ours; it says what to write instead of what Python has and we do not
     */
    public static Expression parse(String text, Set<String> names) throws SyntaxException {
        Node root = ExpressionParser.parse(text);
        new Vocabulary(names).check(root);
        return new Expression(text, root);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /**
     * The value of the expression. It may be one that only a further expression can use; {@link Plain} makes a plain value of it.
     *
     * @param values of all names, plain values as JSON has them
     * @throws ExpressionException if it has none, or takes too much time or room
     */
    public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> values) throws ExpressionException {
        Evaluator evaluator = new Evaluator(new Budget());
        try {
            return evaluator.value(root, Scope.of(values));
        } catch (Fault e) {
            throw new ExpressionException(e.kind(), text, evaluator.position(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
