// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an expression, with the parts that it is made of. */
public sealed interface Node {
    /** The character of the expression at which to look if it fails, from 0. */
    int position();

    /** A literal: null, Boolean, Long, BigInteger, Double or String. */
    record Constant(@Nullable Object value, int position) implements Node {}

    record Name(String name, int position) implements Node {}

    record ListOf(List<Node> items, int position) implements Node {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    record TupleOf(List<Node> items, int position) implements Node {
        public TupleOf {
            items = List.copyOf(items);
        }
    }

    record MapOf(List<Entry> entries, int position) implements Node {
        public MapOf {
            entries = List.copyOf(entries);
        }
    }

    /** One {@code key: value} between braces. */
    record Entry(Node key, Node value) {}

    /** {@code -x} or {@code +x}. */
    record Sign(boolean negative, Node operand, int position) implements Node {}

    record Not(Node operand, int position) implements Node {}

    /**
     * A calculation with two operands.
     *
     * @param operator {@code + - * / // % **}
     */
    record Arithmetic(String operator, Node left, Node right, int position) implements Node {}

    /** {@code a < b <= c}: each neighbour is compared, until one comparison is false. */
    record Comparison(Node first, List<Link> links, int position) implements Node {
        public Comparison {
            links = List.copyOf(links);
        }
    }

    /**
     * One comparison with what stands before it.
     *
     * @param operator {@code < <= > >= == !=}, {@code in}, {@code not in}, {@code is}, {@code is not}
     */
    record Link(String operator, Node right, int position) {}

    /** {@code and} or {@code or}: the first operand that decides, not evaluated further. */
    record Either(boolean isOr, Node left, Node right, int position) implements Node {}

    record Conditional(Node condition, Node then, Node otherwise, int position) implements Node {}

    record Lambda(List<String> parameters, Node body, int position) implements Node {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    record Call(Node function, Given arguments, int position) implements Node {}

    record MethodCall(Node receiver, String method, Given arguments, int position) implements Node {}

    /** A method of a type as a function: {@code str.strip}. */
    record MethodOf(String type, String method, int position) implements Node {}

    /** What a call is given. */
    record Given(List<Node> positional, Map<String, Node> named) {
        public Given {
            positional = List.copyOf(positional);
            named = Map.copyOf(named);
        }
    }

    record Subscript(Node container, Node key, int position) implements Node {}

    record Slice(
            Node container,
            @Nullable Node from,
            @Nullable Node to,
            @Nullable Node step,
            int position) implements Node {}

    /**
     * {@code [element for …]}.
     *
     * @param value what belongs to the key {@code element}; only of {@link Shape#MAP}
     */
    record Comprehension(
            Shape shape, Node element, @Nullable Node value, List<Clause> clauses, int position) implements Node {
        public Comprehension {
            clauses = List.copyOf(clauses);
        }
    }

    /** What a comprehension makes. */
    enum Shape {
        LIST,
        MAP,
        GENERATOR
    }

    /** {@code for names in items if condition if …}. */
    record Clause(List<String> names, Node items, List<Node> conditions) {
        public Clause {
            names = List.copyOf(names);
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code f'…'}. */
    record Formatted(List<Piece> pieces, int position) implements Node {
        public Formatted {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A piece of a formatted text.
     *
     * @param node what is shown; a {@link Constant} for text as it stands
     * @param conversion {@code r} for {@code !r}, else {@code s}; ' ' for none
     * @param format how: {@code >8}
     */
    record Piece(Node node, char conversion, String format) {}
}
