// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.runtime.config.NearestKey;
import io.nephometer.sources.polling.dynamic.expression.syntax.Node;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that an expression uses only names, functions and methods that exist, before it is ever evaluated. */
final class Vocabulary {
    private final Set<String> names;

    /** @param names that have a value, beside the functions */
    Vocabulary(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    void check(Node node) throws SyntaxException {
        switch (node) {
            case Node.Constant _ -> {}
            case Node.Name name -> checkName(name.name(), name.position());
            case Node.ListOf list -> checkAll(list.items());
            case Node.TupleOf tuple -> checkAll(tuple.items());
            case Node.MapOf map -> {
                for (Node.Entry entry : map.entries()) {
                    checkAll(List.of(entry.key(), entry.value()));
                }
            }
            case Node.Sign sign -> check(sign.operand());
            case Node.Not not -> check(not.operand());
            case Node.Arithmetic arithmetic -> checkAll(List.of(arithmetic.left(), arithmetic.right()));
            case Node.Comparison comparison -> checkComparison(comparison);
            case Node.Either either -> checkAll(List.of(either.left(), either.right()));
            case Node.Conditional choice -> checkAll(List.of(choice.condition(), choice.then(), choice.otherwise()));
            case Node.Lambda lambda -> with(lambda.parameters()).check(lambda.body());
            case Node.Call call -> {
                check(call.function());
                checkGiven(call.arguments());
            }
            case Node.MethodCall call -> checkMethodCall(call);
            case Node.MethodOf method -> checkMethodOf(method);
            case Node.Subscript subscript -> checkAll(List.of(subscript.container(), subscript.key()));
            case Node.Slice slice -> checkSlice(slice);
            case Node.Comprehension comprehension -> checkComprehension(comprehension);
            case Node.Formatted formatted -> {
                for (Node.Piece piece : formatted.pieces()) {
                    check(piece.node());
                }
            }
        }
    }

    private void checkAll(List<Node> nodes) throws SyntaxException {
        for (Node node : nodes) {
            check(node);
        }
    }

    private Vocabulary with(List<String> more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return new Vocabulary(all);
    }

    private void checkName(String name, int position) throws SyntaxException {
        if (names.contains(name) || Functions.ALL.containsKey(name)) {
            return;
        }
        String advice = Advice.onName(name);
        if (advice == null) {
            Set<String> known = new HashSet<>(names);
            known.addAll(Functions.ALL.keySet());
            String nearest = NearestKey.of(name, known);
            advice = nearest == null ? "a text needs quotes" : "did you mean " + nearest + "?";
        }
        throw new SyntaxException(position, "there is no " + name + " here; " + advice);
    }

    /** Identity is said only of what there is once. */
    private void checkComparison(Node.Comparison comparison) throws SyntaxException {
        check(comparison.first());
        for (Node.Link link : comparison.links()) {
            check(link.right());
            boolean once = link.right() instanceof Node.Constant(Object value, int _)
                    && (value == null || value instanceof Boolean);
            if (link.operator().startsWith("is") && !once) {
                throw new SyntaxException(link.position(), "is compares with None, True or False only; write ==");
            }
        }
    }

    private void checkGiven(Node.Given given) throws SyntaxException {
        checkAll(given.positional());
        checkAll(List.copyOf(given.named().values()));
    }

    private void checkMethodCall(Node.MethodCall call) throws SyntaxException {
        check(call.receiver());
        checkGiven(call.arguments());
        if (!Methods.names().contains(call.method())) {
            String advice = Advice.onMethod(call.method());
            throw new SyntaxException(
                    call.position(),
                    "there is no method " + call.method() + "; "
                            + (advice == null ? "there are " + String.join(", ", Methods.names()) : advice));
        }
    }

    private void checkMethodOf(Node.MethodOf method) throws SyntaxException {
        if (!method.type().equals("str") || Methods.ofText(method.method()) == null) {
            checkName(method.type(), method.position());
            throw new SyntaxException(
                    method.position(),
                    "attributes are not supported: a method is called (.get(…)), an entry is read by ['"
                            + method.method() + "']");
        }
    }

    private void checkSlice(Node.Slice slice) throws SyntaxException {
        check(slice.container());
        for (Node bound : new Node[] {slice.from(), slice.to(), slice.step()}) {
            if (bound != null) {
                check(bound);
            }
        }
    }

    private void checkComprehension(Node.Comprehension comprehension) throws SyntaxException {
        Vocabulary inside = this;
        for (Node.Clause clause : comprehension.clauses()) {
            inside.check(clause.items());
            inside = inside.with(clause.names());
            inside.checkAll(clause.conditions());
        }
        inside.check(comprehension.element());
        if (comprehension.value() != null) {
            inside.check(comprehension.value());
        }
    }
}
