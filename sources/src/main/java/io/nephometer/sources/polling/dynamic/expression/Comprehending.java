// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.syntax.Node;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Iteration;
import io.nephometer.sources.polling.dynamic.expression.value.Keys;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates comprehensions: its clauses give one scope after the other, in each of which the element has a value. */
final class Comprehending {
    private final Evaluator evaluator;
    private final Budget budget;

    Comprehending(Evaluator evaluator, Budget budget) {
        this.evaluator = evaluator;
        this.budget = budget;
    }

    Object value(Node.Comprehension node, Scope scope) {
        Rounds rounds = new Rounds(node.clauses(), scope);
        return switch (node.shape()) {
            case GENERATOR -> new Iteration("generator", elements(node, rounds));
            case LIST -> Iterables.list(new Iteration("generator", elements(node, rounds)), budget);
            case MAP -> map(node, rounds);
        };
    }

    private Iterator<@Nullable Object> elements(Node.Comprehension node, Rounds rounds) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rounds.hasNext();
            }

            @Override
            public @Nullable Object next() {
                return evaluator.value(node.element(), rounds.next());
            }
        };
    }

    private Map<@Nullable Object, @Nullable Object> map(Node.Comprehension node, Rounds rounds) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        while (rounds.hasNext()) {
            Scope scope = rounds.next();
            Object key = evaluator.value(node.element(), scope);
            Keys.put(map, key, evaluator.value(Objects.requireNonNull(node.value()), scope));
            if (map.size() > Budget.MOST_ITEMS) {
                budget.items(map.size());
            }
        }
        return map;
    }

    /** The scopes that some clauses give, each made when it is asked for. */
    private final class Rounds implements Iterator<Scope> {
        private final Node.Clause clause;
        private final List<Node.Clause> rest;
        private final Scope around;
        private final Iterator<@Nullable Object> items;
        private Iterator<Scope> inner = Collections.emptyIterator();

        Rounds(List<Node.Clause> clauses, Scope around) {
            this.clause = clauses.getFirst();
            this.rest = clauses.subList(1, clauses.size());
            this.around = around;
            this.items = Iterables.of(evaluator.value(clause.items(), around), budget);
        }

        @Override
        public boolean hasNext() {
            while (!inner.hasNext()) {
                if (!items.hasNext()) {
                    return false;
                }
                Scope scope = bound(items.next());
                if (clause.conditions().stream().allMatch(node -> Types.isTrue(evaluator.value(node, scope)))) {
                    inner = rest.isEmpty() ? List.of(scope).iterator() : new Rounds(rest, scope);
                }
            }
            return true;
        }

        @Override
        public Scope next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return inner.next();
        }

        private Scope bound(@Nullable Object item) {
            if (clause.names().size() == 1) {
                return around.with(clause.names(), Collections.singletonList(item));
            }
            List<@Nullable Object> values = Iterables.list(item, budget);
            if (values.size() != clause.names().size()) {
                throw new Fault(
                        Fault.Kind.VALUE,
                        "%d items for %d names"
                                .formatted(values.size(), clause.names().size()));
            }
            return around.with(clause.names(), values);
        }
    }
}
