// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonOrderTest {
    @Test
    void numbersAreEqualAcrossTypesAndTextIsNot() {
        assertThat(PythonOrder.equal(1L, 1.0)).isTrue();
        assertThat(PythonOrder.equal(true, 1L)).isTrue();
        assertThat(PythonOrder.equal("1", 1L)).isFalse();
        assertThat(PythonOrder.equal(null, false)).isFalse();
        assertThat(PythonOrder.equal(Double.NaN, Double.NaN)).isFalse();
        assertThat(PythonOrder.equal(List.of(1L, Map.of("a", 2.0)), List.of(1.0, Map.of("a", 2L))))
                .isTrue();
        assertThat(PythonOrder.equal(Map.of("a", 1L), Map.of("b", 1L))).isFalse();
    }

    @Test
    void integersAndFractionsCompareExactly() {
        long beyond = (1L << 53) + 1;
        assertThat(PythonOrder.equal(beyond, (double) beyond)).isFalse();
        assertThat(PythonOrder.less((double) beyond, beyond)).isTrue();
        assertThat(PythonOrder.less(BigInteger.TWO.pow(2000), Double.POSITIVE_INFINITY))
                .isTrue();
        assertThat(PythonOrder.less(1L, Double.NaN)).isFalse();
        assertThat(PythonOrder.atMost(Double.NaN, 1L)).isFalse();
        assertThat(PythonOrder.atMost(2L, 2.0)).isTrue();
    }

    @Test
    void textGoesByCodePointAndListsByTheirFirstDifference() {
        assertThat(PythonOrder.less("\uffff", "😀")).isTrue();
        assertThat(PythonOrder.less("a", "ab")).isTrue();
        assertThat(PythonOrder.less(List.of(1L, 2L), List.of(1L, 3L))).isTrue();
        assertThat(PythonOrder.less(List.of(1L), List.of(1L, 0L))).isTrue();
        assertThat(PythonOrder.less(List.of(1L), List.of(1.0))).isFalse();
    }

    @Test
    void otherTypesHaveNoOrder() {
        for (@Nullable Object odd : new @Nullable Object[] {null, "1", List.of(), Map.of()}) {
            assertThatExceptionOfType(JsonPathEvaluationException.class).isThrownBy(() -> PythonOrder.less(1L, odd));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 63, 64, 65, 1000})
    void sortsStably(int size) {
        List<@Nullable Object> items = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            items.add(List.of(i * 7919 % 17, i));
        }
        List<@Nullable Object> expected = new ArrayList<>(items);
        expected.sort((a, b) -> Long.compare(first(a), first(b)));
        PythonOrder.sort(items, (a, b) -> first(a) < first(b));
        assertThat(items).isEqualTo(expected);
    }

    private static long first(@Nullable Object pair) {
        return pair instanceof List<?> list && list.getFirst() instanceof Long first ? first : -1;
    }

    @Test
    void turnsAFallingStartAround() {
        List<@Nullable Object> items = new ArrayList<>(Arrays.asList(5L, 4L, 3L, 4L, 1L));
        PythonOrder.sort(items, PythonOrder::less);
        assertThat(items).containsExactly(1L, 3L, 4L, 4L, 5L);
    }
}
