// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind the element of a comprehension. */
final class Comprehensions {
    private final ExpressionParser parser;
    private final Tokens tokens;

    Comprehensions(ExpressionParser parser, Tokens tokens) {
        this.parser = parser;
        this.tokens = tokens;
    }

    /** The comprehension whose first {@code for} comes next. */
    Node of(Node.Shape shape, Node element, @Nullable Node value, int position) throws SyntaxException {
        List<Node.Clause> clauses = new ArrayList<>();
        while (tokens.takeIf("for")) {
            clauses.add(clause());
        }
        return new Node.Comprehension(shape, element, value, clauses, position);
    }

    private Node.Clause clause() throws SyntaxException {
        List<String> names = names();
        tokens.expect("in");
        Node items = parser.operation(Binding.NONE);
        List<Node> conditions = new ArrayList<>();
        while (tokens.takeIf("if")) {
            conditions.add(parser.operation(Binding.NONE));
        }
        return new Node.Clause(names, items, conditions);
    }

    /** {@code x}, {@code k, v} or {@code (k, v)}. */
    private List<String> names() throws SyntaxException {
        boolean bracketed = tokens.takeIf("(");
        List<String> names = new ArrayList<>();
        names.add(tokens.expectName());
        while (tokens.takeIf(",")) {
            names.add(tokens.expectName());
        }
        if (bracketed) {
            tokens.expect(")");
        }
        return names;
    }
}
