// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonNumberTest {
    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "' 7 ', 7",
        "-3, -3",
        "+3, 3",
        "1_000, 1000",
        "007, 7",
        "١٢, 12",
        "9223372036854775808, 9223372036854775808"
    })
    void readsIntegersAsPythonDoes(String text, String expected) {
        assertThat(String.valueOf(PythonNumber.readInteger(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.5", "_1", "1_", "1__0", "1 0", "--1", "-", "0x10", "1e3", "²"})
    void readsNothingElse(String text) {
        assertThat(PythonNumber.readInteger(text)).isNull();
    }

    @Test
    void integersGrowBeyond64Bits() {
        assertThat(PythonNumber.add(Long.MAX_VALUE, 1L)).isEqualTo(BigInteger.TWO.pow(63));
        assertThat(PythonNumber.subtract(BigInteger.TWO.pow(63), 1L)).isEqualTo(Long.MAX_VALUE);
        assertThat(PythonNumber.multiply(1L << 40, 1L << 40)).isEqualTo(BigInteger.TWO.pow(80));
    }

    @Test
    void booleansAreNumbersAndSequencesRepeat() {
        assertThat(PythonNumber.add(true, 1.5)).isEqualTo(2.5);
        assertThat(PythonNumber.multiply("ab", true)).isEqualTo("ab");
        assertThat(PythonNumber.multiply(-1L, "ab")).isEqualTo("");
        assertThat(PythonNumber.multiply(List.of(1L), 2L)).isEqualTo(List.of(1L, 1L));
        assertThat(PythonNumber.add(List.of(1L), List.of("x"))).isEqualTo(List.of(1L, "x"));
    }

    @Test
    void typesThatDoNotFitGiveNothing() {
        for (@Nullable Object odd : new @Nullable Object[] {null, Map.of(), "5"}) {
            assertThat(PythonNumber.add(1L, odd)).isNull();
            assertThat(PythonNumber.subtract(odd, 1L)).isNull();
            assertThat(PythonNumber.multiply(odd, 1.5)).isNull();
        }
    }

    @Test
    void cutsFractionsAndRaisesOnWhatIsNoNumber() {
        assertThat(PythonNumber.toInteger(-2.9)).isEqualTo(-2L);
        assertThat(PythonNumber.toInteger(1e30)).isEqualTo(new BigInteger("1000000000000000019884624838656"));
        assertThat(PythonNumber.toInteger(Double.NaN)).isNull();
        assertThat(PythonNumber.toInteger("x")).isNull();
        assertThatExceptionOfType(JsonPathEvaluationException.class)
                .isThrownBy(() -> PythonNumber.toInteger(Double.POSITIVE_INFINITY));
        assertThatExceptionOfType(JsonPathEvaluationException.class)
                .isThrownBy(() -> PythonNumber.toInteger(List.of()));
    }
}
