// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTextTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "0.1, 0.1",
        "-2.5, -2.5",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000012345, 1.2345e-05",
        "123456789.125, 123456789.125",
        "1e15, 1000000000000000.0",
        "9007199254740993, 9007199254740992.0",
        "1e16, 1e+16",
        "1.5e22, 1.5e+22",
        "1e100, 1e+100",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "4.9e-324, 5e-324",
        "9.9e-324, 1e-323",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf",
    })
    void fractionsHaveTheFewestDigitsAndPythonsExponents(double value, String expected) {
        assertThat(PythonText.repr(value)).isEqualTo(expected);
        assertThat(PythonText.str(value)).isEqualTo(expected);
    }

    @Test
    void constantsAndIntegers() {
        assertThat(PythonText.str(null)).isEqualTo("None");
        assertThat(PythonText.str(true)).isEqualTo("True");
        assertThat(PythonText.str(false)).isEqualTo("False");
        assertThat(PythonText.str(-7L)).isEqualTo("-7");
        assertThat(PythonText.str(BigInteger.TWO.pow(70))).isEqualTo("1180591620717411303424");
    }

    @Test
    void textIsItselfAsStrAndQuotedAsRepr() {
        assertThat(PythonText.str("it's")).isEqualTo("it's");
        assertThat(PythonText.repr("plain")).isEqualTo("'plain'");
        assertThat(PythonText.repr("it's")).isEqualTo("\"it's\"");
        assertThat(PythonText.repr("\"it's\"")).isEqualTo("'\"it\\'s\"'");
        assertThat(PythonText.repr("a\\b\n\r\t\0\u007f")).isEqualTo("'a\\\\b\\n\\r\\t\\x00\\x7f'");
    }

    @Test
    void unprintableCharactersAreEscapedAndOthersNot() {
        assertThat(PythonText.repr("é日😀")).isEqualTo("'é日😀'");
        assertThat(PythonText.repr("\u00a0\u00ad\u200b\ud800\udbff\udfff"))
                .isEqualTo("'\\xa0\\xad\\u200b\\ud800\\U0010ffff'");
    }

    @Test
    void containersShowTheirItemsAsRepr() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("z", Arrays.asList("a", 1L, null, 0.5));
        map.put("a", Map.of());
        assertThat(PythonText.str(map)).isEqualTo("{'z': ['a', 1, None, 0.5], 'a': {}}");
        assertThat(PythonText.str(List.of())).isEqualTo("[]");
    }
}
