// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nephometer.sources.polling.dynamic.expression.syntax.ExpressionParser;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression takes long, fills the memory or the stack. The time-out only ends what would never end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitTest {
    private static final String TEXT = "a".repeat(Budget.MOST_CHARACTERS / 2);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value * 1000",
                "[value] * 100000000",
                "(1, 2, 3) * 999999999999",
                "value.replace('a', value)",
                "value.replace('', value)",
                "value.join([value, value, value])",
                "','.join([value] * 100)",
                "str([value] * 100)",
                "'{:>100000000}'.format(1)",
                "'{:9999999}'.format(1)",
                "'%9999999d' % 1",
                "'%s%s%s' % (value, value, value)",
                "f'{value}{value}{value}'",
                "value.zfill(2000000000)",
                "10 ** 100000",
                "10 ** 10 ** 10",
                "(10 ** 4000) * (10 ** 4000)",
                "(lambda f: f(f))(lambda f: f(f))",
                "(lambda f, n: f(f, n + 1) + f(f, n + 2))((lambda f, n: f(f, n + 1)), 0)",
                "[1 for a in value for b in value]",
                "sum(1 for a in value for b in value for c in value if a != b)",
                "(value + 'b') in value + value",
                "value.count(value[:1000] + 'b')",
                "value.split(value[:5000] + 'b')",
                "[a for a in sorted([(v, v) for v in value], key=lambda p: [p] * 10)]",
                "[value == v + value for v in value]",
                "list(zip(*value))",
                "[list(value) for v in value]",
                "{a + b: 1 for a in value for b in value}",
                "list(enumerate(value)) * 3"
            })
    void whatTakesTooMuchIsRefused(String text) {
        Throwable thrown =
                catchThrowable(() -> Expression.parse(text, Set.of("value")).evaluate(Map.of("value", TEXT)));
        assertThat(thrown).isInstanceOfAny(ExpressionException.class, SyntaxException.class);
        if (thrown instanceof ExpressionException e) {
            assertThat(e.kind()).isEqualTo(Fault.Kind.LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{1:", "-", "not ", "lambda: ", "1 if 1 else ", "f(", "2 ** ", "(1, "})
    void deepNestingIsRefusedBeforeItFillsTheStack(String piece) {
        String text = piece.repeat(ExpressionParser.MOST_CHARACTERS / piece.length() - 1) + "1";

        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Expression.parse(text, Set.of()))
                .withMessageContaining("nested deeper than 100 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1_", "1", "0x1_", "a", " ", "'a' ", "1 + ", "1 < ", "1 and ", "[0]", "(0)", "1e1", ".5"})
    void longTextsAreReadWithoutFillingTheStack(String piece) {
        String text = "1 " + piece.repeat((ExpressionParser.MOST_CHARACTERS - 3) / piece.length()) + "1";

        assertThat(catchThrowable(() -> Expression.parse(text, Set.of()).evaluate(Map.of())))
                .satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e)
                        .isInstanceOfAny(SyntaxException.class, ExpressionException.class));
    }

    @Test
    void aLongTextIsRefused() {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Expression.parse("1" + " ".repeat(ExpressionParser.MOST_CHARACTERS), Set.of()))
                .withMessageContaining("longer than");
    }

    @Test
    void aLargeAnswerIsNoProblem() throws Exception {
        Expression count = Expression.parse("sum(1 for v in value if v['up'])", Set.of("value"));
        List<Map<String, Boolean>> value = Collections.nCopies(100_000, Map.of("up", true));

        assertThat(count.evaluate(Map.of("value", value))).isEqualTo(100_000L);
    }
}
