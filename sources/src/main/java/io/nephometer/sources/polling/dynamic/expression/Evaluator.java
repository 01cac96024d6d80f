// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.syntax.Node;
import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.BraceFormat;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Callable;
import io.nephometer.sources.polling.dynamic.expression.value.Comparing;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Keys;
import io.nephometer.sources.polling.dynamic.expression.value.Operators;
import io.nephometer.sources.polling.dynamic.expression.value.Subscripts;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out what an expression is worth. Throws {@link Fault}s. For one thread. */
final class Evaluator {
    private final Budget budget;
    private int position;

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    /** Of what was being worked out last: where it failed, if it did. */
    int position() {
        return position;
    }

    @Nullable Object value(Node node, Scope scope) {
        budget.enter();
        Object value =
                switch (node) {
                    case Node.Constant constant -> constant.value();
                    case Node.Name name -> at(name, scope.value(name.name()));
                    case Node.ListOf list -> values(list.items(), scope);
                    case Node.TupleOf tuple -> new Tuple(values(tuple.items(), scope));
                    case Node.MapOf map -> map(map, scope);
                    case Node.Sign sign -> sign(sign, scope);
                    case Node.Not not -> !Types.isTrue(value(not.operand(), scope));
                    case Node.Arithmetic arithmetic -> arithmetic(arithmetic, scope);
                    case Node.Comparison comparison -> comparison(comparison, scope);
                    case Node.Either either -> either(either, scope);
                    case Node.Conditional choice ->
                        value(
                                Types.isTrue(value(choice.condition(), scope)) ? choice.then() : choice.otherwise(),
                                scope);
                    case Node.Lambda lambda -> lambda(lambda, scope);
                    case Node.Call call -> call(call, scope);
                    case Node.MethodCall call -> methodCall(call, scope);
                    case Node.MethodOf method -> Methods.ofText(method.method());
                    case Node.Subscript subscript -> subscript(subscript, scope);
                    case Node.Slice slice -> slice(slice, scope);
                    case Node.Comprehension comprehension ->
                        new Comprehending(this, budget).value(comprehension, scope);
                    case Node.Formatted formatted -> formatted(formatted, scope);
                };
        budget.leave();
        return value;
    }

    private @Nullable Object at(Node node, @Nullable Object value) {
        position = node.position();
        return value;
    }

    private List<@Nullable Object> values(List<Node> nodes, Scope scope) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Node node : nodes) {
            values.add(value(node, scope));
        }
        return values;
    }

    private Object map(Node.MapOf node, Scope scope) {
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Node.Entry entry : node.entries()) {
            keys.add(value(entry.key(), scope));
            values.add(value(entry.value(), scope));
        }
        at(node, null);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Keys.put(map, keys.get(i), values.get(i));
        }
        return map;
    }

    private Object sign(Node.Sign node, Scope scope) {
        Object operand = value(node.operand(), scope);
        at(node, null);
        return Operators.signed(node.negative(), operand);
    }

    private @Nullable Object arithmetic(Node.Arithmetic node, Scope scope) {
        Object left = value(node.left(), scope);
        Object right = value(node.right(), scope);
        at(node, null);
        return Operators.of(node.operator(), left, right, budget);
    }

    private Object comparison(Node.Comparison node, Scope scope) {
        Object left = value(node.first(), scope);
        for (Node.Link link : node.links()) {
            Object right = value(link.right(), scope);
            position = link.position();
            if (!holds(link.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean holds(String operator, @Nullable Object left, @Nullable Object right) {
        return switch (operator) {
            case "==" -> Comparing.equal(left, right, budget);
            case "!=" -> !Comparing.equal(left, right, budget);
            case "in" -> Iterables.contains(right, left, budget);
            case "not in" -> !Iterables.contains(right, left, budget);
            // only None, True and False stand behind it
            case "is" -> Objects.equals(left, right);
            case "is not" -> !Objects.equals(left, right);
            default -> Comparing.ordered(operator, left, right, budget);
        };
    }

    private @Nullable Object either(Node.Either node, Scope scope) {
        Object left = value(node.left(), scope);
        return Types.isTrue(left) == node.isOr() ? left : value(node.right(), scope);
    }

    private Callable lambda(Node.Lambda node, Scope scope) {
        return (arguments, _) -> {
            int count = node.parameters().size();
            arguments.expect("this lambda", count, count, Set.of());
            return value(node.body(), scope.with(node.parameters(), arguments.positional()));
        };
    }

    private @Nullable Object call(Node.Call node, Scope scope) {
        Object function = value(node.function(), scope);
        Arguments arguments = arguments(node.arguments(), scope);
        at(node, null);
        if (function instanceof Callable callable) {
            return callable.call(arguments, budget);
        }
        throw Fault.type("a " + Types.name(function) + " cannot be called");
    }

    private @Nullable Object methodCall(Node.MethodCall node, Scope scope) {
        Object receiver = value(node.receiver(), scope);
        Arguments arguments = arguments(node.arguments(), scope);
        at(node, null);
        return Methods.call(receiver, node.method(), arguments, budget);
    }

    private Arguments arguments(Node.Given given, Scope scope) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        List<@Nullable Object> positional = values(given.positional(), scope);
        given.named().forEach((name, node) -> named.put(name, value(node, scope)));
        return new Arguments(positional, named);
    }

    private @Nullable Object subscript(Node.Subscript node, Scope scope) {
        Object container = value(node.container(), scope);
        Object key = value(node.key(), scope);
        at(node, null);
        return Subscripts.item(container, key, budget);
    }

    private Object slice(Node.Slice node, Scope scope) {
        Object container = value(node.container(), scope);
        Object from = valueOrNull(node.from(), scope);
        Object to = valueOrNull(node.to(), scope);
        Object step = valueOrNull(node.step(), scope);
        at(node, null);
        return Subscripts.slice(container, from, to, step, budget);
    }

    private @Nullable Object valueOrNull(@Nullable Node node, Scope scope) {
        return node == null ? null : value(node, scope);
    }

    private Object formatted(Node.Formatted node, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Node.Piece piece : node.pieces()) {
            Object value = value(piece.node(), scope);
            at(node, null);
            int before = text.length();
            text.append(BraceFormat.formatted(value, piece.conversion(), piece.format(), budget));
            budget.grown(before, text.length());
        }
        return text.toString();
    }
}
