// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTest {
    private static final List<String> ROLLUP = List.of(
            "55d0c8a00000-7ffc1f9fe000 ---p 00000000 00:00 0                          [rollup]",
            "Rss:              133580 kB",
            "Pss:              118601 kB",
            "Pss_Dirty:         77100 kB",
            "Anonymous:         77044 kB");

    @Test
    void linesOfSmapsRollupAreRead() {
        assertThat(Memory.of(ROLLUP)).isEqualTo(new Memory(133580 / 1024.0, 118601 / 1024.0, 77044 / 1024.0));
    }

    @Test
    void processesAreSummed() {
        assertThat(Memory.NONE.plus(new Memory(1, 2, 3)).plus(new Memory(10, 20, 30)))
                .isEqualTo(new Memory(11, 22, 33));
    }

    @Test
    void whatIsNotThereIsNoZero() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Memory.of(List.of("Rss: 1 kB")))
                .withMessageContaining("Pss:");
    }

    @Test
    void thisProcessIsSeenInLinux() throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "read _").start();
        try {
            ProcessTree tree = new ProcessTree(child);

            assertThat(tree.pids()).contains(child.pid());
            assertThat(tree.memory().pss()).isPositive();
            assertThat(tree.cpuSeconds()).isNotNegative();
        } finally {
            child.destroyForcibly();
        }
    }
}
