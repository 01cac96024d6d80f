// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumberTest {
    @ParameterizedTest
    @CsvSource({"7, 7", "' 7 ', 7", "+7, 7", "-007, -7", "1_000, 1000", "\u0663\u0665, 35", "'\u00a07', 7"})
    void integersOfTexts(String text, BigInteger expected) {
        assertThat(PlainNumber.integer(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.5", "0x10", "1__0", "_1", "1_", "--1", "1 2", "e"})
    void textsThatAreNoIntegers(String text) {
        assertThat(PlainNumber.integer(text)).isEmpty();
    }

    @Test
    void integersOfOtherValues() {
        assertThat(PlainNumber.integer(true)).contains(BigInteger.ONE);
        assertThat(PlainNumber.integer(-1.9)).contains(BigInteger.ONE.negate());
        assertThat(PlainNumber.integer(1e25)).contains(new BigInteger("10000000000000000905969664"));
        assertThat(PlainNumber.integer(Double.NaN)).isEmpty();
        assertThat(PlainNumber.integer(null)).isEmpty();
        assertThat(PlainNumber.integer("9".repeat(4_301))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "' 1.5 ', 1.5",
        "1E-3, 0.001",
        ".5, 0.5",
        "5., 5",
        "1_0.5, 10.5",
        "1e999, Infinity",
        "-INF, -Infinity",
        "+nan, NaN"
    })
    void floatsOfTexts(String text, double expected) {
        assertThat(PlainNumber.decimal(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "e5", "1,5", "0x1p3", "1.2.3", "1e", "infinit", "1_.5", "1d", "1f"})
    void textsThatAreNoFloats(String text) {
        assertThat(PlainNumber.decimal(text)).isEmpty();
    }
}
