// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Conversions;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Numbers;
import io.nephometer.sources.polling.dynamic.expression.value.Operators;
import io.nephometer.sources.polling.dynamic.expression.value.Shown;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that make numbers, texts and truth values. */
final class NumberFunctions {
    static final List<Function> ALL = List.of(
            Function.of("int", 0, 2, (arguments, _) -> whole(arguments))
                    .naming("base")
                    .typing(Types::isWhole),
            Function.of("float", 0, 1, (arguments, _) -> Conversions.real(arguments.atOr(0, 0L)))
                    .typing(value -> value instanceof Double),
            Function.of("str", 0, 1, (arguments, budget) -> Shown.str(arguments.atOr(0, ""), budget))
                    .typing(value -> value instanceof String),
            Function.of("bool", 0, 1, (arguments, _) -> Types.isTrue(arguments.atOr(0, false)))
                    .typing(value -> value instanceof Boolean),
            Function.of("abs", 1, 1, (arguments, _) -> magnitude(arguments.at(0))),
            Function.of("round", 1, 2, (arguments, _) -> rounded(arguments)).naming("ndigits"));

    private NumberFunctions() {}

    private static Number whole(Arguments arguments) {
        Object value = arguments.atOr(0, 0L);
        Object base = arguments.atOr(1, "base", null);
        if (base == null) {
            return Conversions.whole(value);
        }
        int radix = Numbers.index(base);
        if (!(value instanceof String text) || radix < 2 || radix > 36) {
            throw Fault.type("int with a base wants a text and a base of 2 to 36");
        }
        return Conversions.whole(text, radix);
    }

    private static Number magnitude(@Nullable Object value) {
        Number number = Numbers.number(value);
        if (number == null) {
            throw Fault.type("abs wants a number, not " + Types.name(value));
        }
        if (number instanceof Double real) {
            return Math.abs(real);
        }
        return Operators.signed(Numbers.big(number).signum() < 0, number);
    }

    private static Number rounded(Arguments arguments) {
        Object digits = arguments.atOr(1, "ndigits", null);
        return digits == null
                ? Conversions.rounded(arguments.at(0))
                : Conversions.rounded(arguments.at(0), Numbers.index(digits));
    }
}
