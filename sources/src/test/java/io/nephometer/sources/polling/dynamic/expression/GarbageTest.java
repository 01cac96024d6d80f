// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody writes, the answer is a value or one of the two exceptions that say what is wrong. */
class GarbageTest {
    private static final List<String> PIECES = List.of(
            "value",
            "x",
            "1",
            "2.5",
            "'a'",
            "\"b",
            "f'{value}'",
            "f'{",
            "}'",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ".",
            "=",
            "==",
            "<",
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "**",
            "and",
            "or",
            "not",
            "in",
            "is",
            "if",
            "else",
            "for",
            "lambda",
            "None",
            "True",
            "len",
            "str",
            "list",
            "dict",
            "sorted",
            "max",
            "map",
            "filter",
            "zip",
            "int",
            ".get",
            ".split",
            ".join",
            ".format",
            ".items",
            ".values",
            "key",
            "'%s %d'",
            "'{:>5}'",
            "'{0[a]}'",
            "\\",
            "'\\x4'",
            "0x",
            "1e",
            "é",
            "😀",
            " ",
            "\n",
            "|",
            "!");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isRefusedOrHasAValue(long seed) {
        Random random = new Random(seed);
        List<@Nullable Object> values =
                new ArrayList<>(List.of("a,b", 5L, 2.5, true, List.of(1L, "x"), Map.of("a", 1L)));
        values.add(null);
        int evaluated = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
            }
            evaluated += isEvaluated(text.toString(), values.get(random.nextInt(values.size()))) ? 1 : 0;
        }
        assertThat(evaluated).as("texts that happen to be expressions").isGreaterThan(100);
    }

    private static boolean isEvaluated(String text, @Nullable Object value) {
        try {
            Map<String, @Nullable Object> names = new HashMap<>();
            names.put("value", value);
            Plain.of(Expression.parse(text, names.keySet()).evaluate(names), text);
            return true;
        } catch (SyntaxException e) {
            assertThat(e.position()).as(text).isBetween(0, text.length());
            assertThat(e.getMessage()).isNotBlank();
            return false;
        } catch (ExpressionException e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("on: " + text + " with " + value, e);
        }
    }
}
