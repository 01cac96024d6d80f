// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code [?conditions]}: the items of a list that fulfil all conditions; nothing on any other value. */
record Filter(List<Condition> conditions) implements Path {
    Filter {
        conditions = List.copyOf(conditions);
    }

    @Override
    public List<Spot> select(Spot at) {
        if (!(at.value() instanceof List<?> list)) {
            return List.of();
        }
        List<Spot> found = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (holds(list.get(i))) {
                found.add(at.item(i, list.get(i)));
            }
        }
        return found;
    }

    /** All conditions are looked at, even after one has failed: any of them may raise. */
    private boolean holds(@Nullable Object item) {
        boolean all = true;
        for (Condition condition : conditions) {
            all &= condition.holds(Spot.computed(item));
        }
        return all;
    }

    /** A path that must find something in the item, and may have to find something in particular. */
    record Condition(Path target, @Nullable Comparison comparison) {
        boolean holds(Spot item) {
            if (comparison == null) {
                return target.selectsAny(item);
            }
            boolean any = false;
            for (Spot spot : target.select(item)) {
                spot.requirePresent();
                any |= spot.value() != null && comparison.holds(spot.value());
            }
            return any;
        }
    }

    /** The signs between a path and a constant. */
    enum Relation {
        EQUAL,
        UNEQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        LIKE;

        static Relation of(String sign) {
            return switch (sign) {
                case "!=" -> UNEQUAL;
                case "<" -> LESS;
                case "<=" -> AT_MOST;
                case ">" -> GREATER;
                case ">=" -> AT_LEAST;
                case "~" -> LIKE;
                default -> EQUAL;
            };
        }
    }

    /**
     * A relation to a constant (String, Long, BigInteger, Double or Boolean). To be compared with an integer or boolean, a value
     * is first made an integer; what cannot be made one does not hold.
     */
    static final class Comparison {
        private final Relation relation;
        private final Object constant;
        private final boolean toInteger;
        private @Nullable PythonPattern pattern;
        private String patternFault = "~ needs a text";

        Comparison(Relation relation, Object constant) {
            this.relation = relation;
            this.constant = constant instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : constant;
            this.toInteger = this.constant instanceof Long || this.constant instanceof BigInteger;
            if (relation == Relation.LIKE && constant instanceof String regex) {
                compile(regex);
            }
        }

        private void compile(String regex) {
            try {
                pattern = PythonPattern.compile(regex);
            } catch (PatternSyntaxException e) {
                patternFault = String.valueOf(e.getMessage());
            }
        }

        boolean holds(Object value) {
            Object compared = toInteger ? PythonNumber.toInteger(value) : value;
            if (compared == null) {
                return false;
            }
            return switch (relation) {
                case EQUAL -> PythonOrder.equal(compared, constant);
                case UNEQUAL -> !PythonOrder.equal(compared, constant);
                case LESS -> PythonOrder.less(compared, constant);
                case AT_MOST -> PythonOrder.atMost(compared, constant);
                case GREATER -> PythonOrder.less(constant, compared);
                case AT_LEAST -> PythonOrder.atMost(constant, compared);
                case LIKE -> isLike(compared);
            };
        }

        private boolean isLike(Object value) {
            if (pattern == null) {
                throw new JsonPathEvaluationException(patternFault);
            }
            if (!(value instanceof String text)) {
                throw new JsonPathEvaluationException("~ on " + PythonText.typeOf(value));
            }
            return pattern.matchesStart(text);
        }
    }
}
