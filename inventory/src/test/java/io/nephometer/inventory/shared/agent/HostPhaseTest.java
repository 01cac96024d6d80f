// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPhaseTest {
    private static final int HOSTS = 500;
    private static final int MINUTES = 10;

    @ParameterizedTest
    @ValueSource(strings = {"compute-%04d", "compute%d", "rack2-node-%03d.example.org", "%d", "n%dx.cloud.example"})
    void fiveHundredNumberedHosts_areAtMostSixtyInAnyMinuteOfTen(String pattern) {
        for (long turn = 0; turn < 5; turn++) {
            assertThat(most(phases(pattern, turn))).isLessThanOrEqualTo(60);
        }
    }

    @Test
    void eachTurn_hasAnotherPlaceForAHost() {
        assertThat(IntStream.range(0, 20)
                        .mapToObj(turn -> HostPhase.of("compute-7", turn))
                        .distinct())
                .hasSize(20);
    }

    @Test
    void namesWithoutNumbers_areSpreadByChance() {
        List<Double> places = IntStream.range(0, HOSTS)
                .mapToObj(i -> HostPhase.of("host-" + letters(i), 0))
                .toList();
        assertThat(places).allSatisfy(place -> assertThat(place).isBetween(0.0, Math.nextDown(1.0)));
        assertThat(places.stream().mapToDouble(Double::doubleValue).average().orElse(0))
                .isBetween(0.4, 0.6);
    }

    @Test
    void aHost_hasThePlaceThatItHadBeforeARestart() {
        assertThat(HostPhase.of("compute-0042", 3)).isEqualTo(HostPhase.of("compute-0042", 3));
    }

    private static String letters(int number) {
        return Integer.toString(number + 1000, 26)
                .chars()
                .map(c -> 'a' + c % 26)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static double[] phases(String pattern, long turn) {
        return IntStream.rangeClosed(1, HOSTS)
                .mapToDouble(i -> HostPhase.of(pattern.formatted(i), turn))
                .sorted()
                .toArray();
    }

    /** Hosts in the fullest tenth of the period, wherever it begins. */
    private static int most(double[] sorted) {
        double[] twice = Arrays.copyOf(sorted, 2 * sorted.length);
        for (int i = 0; i < sorted.length; i++) {
            twice[sorted.length + i] = sorted[i] + 1;
        }
        int most = 0;
        int end = 0;
        for (int begin = 0; begin < sorted.length; begin++) {
            while (end < twice.length && twice[end] < sorted[begin] + 1.0 / MINUTES) {
                end++;
            }
            most = Math.max(most, end - begin);
        }
        return most;
    }
}
