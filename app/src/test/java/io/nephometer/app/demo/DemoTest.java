// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void aReplayWithFaults_losesAndDoublesNothing() throws InterruptedException {
        List<Demo.Moment> moments = new ArrayList<>();

        DemoResult result = new Demo(folder, Duration.ofMillis(300), WallClock.system(), Ticker.system())
                .run(Duration.ofMillis(500), moments::add);

        assertThat(result.isGood()).isTrue();
        assertThat(result.audit().lost()).isZero();
        assertThat(result.audit().doubled()).isZero();
        assertThat(result.summary())
                .containsEntry("read", 4_201L)
                .containsEntry("events", 4_156L)
                .containsEntry("duplicates", (long) result.repeated())
                .containsEntry("recovered", 3L);
        assertThat(result.audit().recovered())
                .isEqualTo(Map.of("NOT_JSON", 1L, "NOT_UTF8", 1L, "MISSING_MESSAGE_ID", 1L));
        assertThat(result.audit().sampleCount()).isEqualTo(1_615);
        assertThat(moments).isNotEmpty();
    }

    @Test
    void aLedgerThatLosesOrDoubles_isFoundOut() {
        Audit whole = new Audit(0, 0, Map.of("memory", 2L), Map.of("memory", 3.0), Map.of());
        Audit lost = new Audit(1, 0, Map.of("memory", 2L), Map.of("memory", 3.0), Map.of());
        Audit doubled = new Audit(0, 1, Map.of("memory", 2L), Map.of("memory", 3.0), Map.of());
        Audit otherSum = new Audit(0, 0, Map.of("memory", 2L), Map.of("memory", 3.1), Map.of());

        assertThat(result(whole, whole).isGood()).isTrue();
        assertThat(result(lost, whole).isGood()).isFalse();
        assertThat(result(doubled, whole).isGood()).isFalse();
        assertThat(result(otherSum, whole).isGood()).isFalse();
    }

    private static DemoResult result(Audit audit, Audit undisturbed) {
        return new DemoResult(1, 0, 0, Map.of(), 0, 0, audit, undisturbed, "");
    }
}
