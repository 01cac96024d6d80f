// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static @Nullable Object evaluate(String text, @Nullable Object value)
            throws SyntaxException, ExpressionException {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("value", value);
        return Plain.of(Expression.parse(text, Set.of("value")).evaluate(values), text);
    }

    @Test
    void outerNamesAreSeenInLambdasAndComprehensions() throws Exception {
        assertThat(evaluate("list(map(lambda v: v + len(value), value))", List.of(1L, 2L)))
                .isEqualTo(List.of(3L, 4L));
        assertThat(evaluate("[v / max(value) for v in value]", List.of(1L, 2L))).isEqualTo(List.of(0.5, 1.0));
    }

    @Test
    void aLambdaKeepsTheNamesItWasMadeWith() throws Exception {
        assertThat(evaluate("[f(1) for f in [(lambda a: a + v) for v in value]]", List.of(10L, 20L)))
                .isEqualTo(List.of(11L, 21L));
    }

    @Test
    void whatOnlyExpressionsHaveBecomesPlain() throws Exception {
        assertThat(evaluate("value.items()", Map.of("a", 1L))).isEqualTo(List.of(List.of("a", 1L)));
        assertThat(evaluate("{1: (value, None)}", "x")).isEqualTo(Map.of("1", Arrays.asList("x", null)));
        assertThat(evaluate("(v for v in value)", List.of(1L))).isEqualTo(List.of(1L));
    }

    @Test
    void aFunctionIsNoPlainValue() {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> evaluate("[len]", null))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Fault.Kind.TYPE));
    }

    @Test
    void generatorsAskForNoMoreThanIsNeeded() throws Exception {
        assertThat(evaluate("any(1 / v for v in value)", List.of(1L, 0L))).isEqualTo(true);
    }

    @Test
    void whatItIsGivenStaysAsItIs() throws Exception {
        List<Long> given = List.of(3L, 1L);

        assertThat(evaluate("sorted(value) + value", given)).isEqualTo(List.of(1L, 3L, 3L, 1L));
        assertThat(given).containsExactly(3L, 1L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            value['x']      | KEY           | there is no key 'x', at character 6 of: value['x']
            1 / 0           | ZERO_DIVISION | division by zero, at character 3 of: 1 / 0
            [1][2]          | INDEX         | the list has 1 items, there is no [2], at character 4 of: [1][2]
            'a' + 1         | TYPE          | + cannot take str and int, at character 5 of: 'a' + 1
            int('x')        | VALUE         | not a whole number: x, at character 4 of: int('x')
            value.strip()   | ATTRIBUTE     | dict has no method strip, at character 6 of: value.strip()
            len(5)          | TYPE          | int has no length, at character 4 of: len(5)
            2.0 ** 5000     | OVERFLOW      | a power too large for a float, at character 5 of: 2.0 ** 5000
            """, quoteCharacter = '"')
    void failuresSayWhatAndWhere(String text, Fault.Kind kind, String message) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> evaluate(text, Map.of("id", "a")))
                .withMessage(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            value.            | expected a name, found the end, at character 7
            value +           | unexpected end, at character 8
            (value            | expected ), found the end, at character 7
            'value            | this text has no closing quote, at character 1
            value value       | unexpected value, at character 7
            1 if value        | expected else, found the end, at character 11
            valeu + 1         | there is no valeu here; did you mean value?, at character 1
            ACTIVE == value   | there is no ACTIVE here; a text needs quotes, at character 1
            re.sub('a','b',value) | there is no re here; there are no regular expressions; write split, partition, replace, find or in, at character 1
            range(value)      | there is no range here; write enumerate(…) to count items, or a slice to take some, at character 1
            value.append(1)   | there is no method append; nothing can be changed; write … + […], at character 6
            value.id          | attributes are not supported: a method is called (.get(…)), an entry is read by ['id'], at character 6
            value is 1        | is compares with None, True or False only; write ==, at character 7
            {1, 2}            | expected : (sets are not supported; write a list), at character 3
            len(*value)       | * before an argument or item is not supported, at character 5
            012               | no number begins with 0, at character 1
            value := 1        | unexpected :, at character 7
            import os         | import is no part of an expression, at character 1
            value & 1         | operations on bits are not supported, at character 7
            f'{value'         | this { is not closed, at character 3
            b'x'              | texts with the prefix b are not supported; leave it out, at character 1
            """, quoteCharacter = '`')
    void whatIsNotOfTheLanguageIsRefusedWithAdvice(String text, String message) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> evaluate(text, null))
                .withMessage(message);
    }

    /** Ways out of the values that an evaluator written in Python would have to close one by one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "__import__('os').system('true')",
                "().__class__.__bases__[0].__subclasses__()",
                "value.__class__",
                "''.join.__globals__",
                "'{0.__class__}'.format(value)",
                "f'{value.__class__}'",
                "getattr(value, 'x')",
                "open('/etc/passwd').read()",
                "eval('1')",
                "exec('1')",
                "(lambda: globals())()",
                "[x for x in ().__class__.__mro__]",
                "str.mro()",
                "dict.fromkeys(value)",
                "'%s' % __builtins__"
            })
    void nothingLeadsOutOfTheValues(String text) {
        assertThat(catchThrowable(() -> evaluate(text, Map.of("a", 1L))))
                .isInstanceOfAny(SyntaxException.class, ExpressionException.class);
    }
}
