// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPatternTest {
    private static String replace(String regex, String replacement, String text) {
        PythonPattern pattern = PythonPattern.compile(regex);
        return pattern.replaceAll(text, PythonTemplate.compile(replacement, pattern));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a.c, -, abc abd, - abd",
                "(?P<first_part>\\w+)\\.(\\w+), \\g<first_part>:\\2, a_b.c, a_b:c",
                "(?P<q>.)(?P=q), <\\1>, aab, <a>b",
                "[a&&b], -, a&b, ---",
                "[[x], -, [x], --]",
                "[]a], -, ]a, --",
                "`x{,2}`, -, xxx, ---",
                "a{b, -, a{b, -",
                "b\\Z, -, bab, ba-",
                "x*, -, abxd, -a-b--d-",
                ".*?, -, ab, -----",
                "(?i)HOST, h, Host, h",
                "^(?:a|(b)), [\\1], ac, []c",
                "\\x2e|\\056, _, a.b, a_b",
                ".$, $1\\\\, ab, a$1\\",
                "|, -, 😀, -😀-",
            })
    void replacesAsPythonDoes(String regex, String replacement, String text, String expected) {
        assertThat(replace(regex, replacement, text)).isEqualTo(expected);
    }

    @Test
    void spacesAndWordsArePythons() {
        assertThat(replace("\\s", "-", "a\u001cb\u00a0c")).isEqualTo("a-b-c");
        assertThat(replace("[\\W]", "-", "é²_ ́")).isEqualTo("é²_--");
        assertThat(replace("\\v", "-", "\u000b\n")).isEqualTo("-\n");
    }

    @Test
    void matchesFromTheStartOnly() {
        assertThat(PythonPattern.compile("b").matchesStart("ab")).isFalse();
        assertThat(PythonPattern.compile("a").matchesStart("ab")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "*a",
                "a**",
                "a|*",
                "[a",
                "\\q",
                "\\2",
                "(a\\1)",
                "a(?i)",
                "(?<n>a)",
                "(?P<1>a)",
                "(?(1)a|b)",
                "\\"
            })
    void refusesWhatPythonRefuses(String regex) {
        assertThatExceptionOfType(PatternSyntaxException.class).isThrownBy(() -> PythonPattern.compile(regex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\1", "\\g<n>", "\\q", "\\", "\\g1", "\\777"})
    void refusesTemplatesThatPythonRefuses(String template) {
        PythonPattern pattern = PythonPattern.compile("a");
        assertThatExceptionOfType(PatternSyntaxException.class)
                .isThrownBy(() -> PythonTemplate.compile(template, pattern));
    }

    @Test
    void raisesWhereATextExhaustsTheStack() {
        PythonPattern pattern = PythonPattern.compile("(a|b)*c");
        assertThatExceptionOfType(JsonPathEvaluationException.class)
                .isThrownBy(() -> pattern.matchesStart("ab".repeat(1_000_000)));
    }
}
