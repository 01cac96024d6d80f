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
    void aReplayWithFaultsBesideHostsThatArePolled_losesAndDoublesNothing() throws Exception {
        List<Demo.Moment> moments = new ArrayList<>();

        FleetOptions fleet = new FleetOptions(2, 3, Duration.ofSeconds(1));
        DemoResult result = new Demo(folder, fleet, Duration.ofMillis(300), WallClock.system(), Ticker.system())
                .run(Duration.ofSeconds(3), moments::add);

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
        assertThat(result.fleet().samples()).isPositive();
        assertThat(result.fleet().lost()).isZero();
        assertThat(result.fleet().doubled()).isZero();
        assertThat(result.fleet().requests()).isPositive();
        assertThat(result.fleet().requestsWithoutCache()).isPositive();
        assertThat(result.fleet().slots().expected()).isPositive();
        assertThat(result.fleet().slots().duplicated()).isZero();
        assertThat(result.central().orphans()).isPositive();
        assertThat(result.central().samples()).isPositive();
        assertThat(result.central().expected()).isPositive();
        assertThat(result.central().duplicated()).isZero();
        assertThat(result.json())
                .containsEntry("samples", 1_615 + result.fleet().samples())
                .containsKeys(
                        "hosts",
                        "instances",
                        "nova_requests",
                        "nova_requests_without_cache",
                        "metadata_age_p99_s",
                        "slots_expected",
                        "slots_done",
                        "slots_missing",
                        "slots_duplicated",
                        "takeover_max_s");
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

    @Test
    void aFleetWhoseSamplesOrSlotsAreLostOrThereTwice_isFoundOut() {
        Audit whole = new Audit(0, 0, Map.of("memory", 2L), Map.of("memory", 3.0), Map.of());

        assertThat(result(whole, whole, fleet(0, 0, 0)).isGood()).isTrue();
        assertThat(result(whole, whole, fleet(1, 0, 0)).isGood()).isFalse();
        assertThat(result(whole, whole, fleet(0, 1, 0)).isGood()).isFalse();
        assertThat(result(whole, whole, fleet(0, 0, 1)).isGood()).isFalse();
    }

    @Test
    void aSlotOfCentralAgentsThatIsThereTwice_isFoundOut() {
        Audit whole = new Audit(0, 0, Map.of("memory", 2L), Map.of("memory", 3.0), Map.of());

        assertThat(result(whole, whole, fleet(0, 0, 0), central(1)).isGood()).isFalse();
    }

    private static CentralAudit central(int duplicated) {
        return new CentralAudit(3, 2, 14, 14, duplicated, Map.of(), 100, Duration.ofSeconds(1));
    }

    private static FleetAudit fleet(int lost, int doubled, int duplicated) {
        SlotCount slots = new SlotCount(4, 3, duplicated, Map.of("overrun", 1));
        return new FleetAudit(1, 1, 4, lost, doubled, slots, 1, 2, Duration.ZERO);
    }

    private static DemoResult result(Audit audit, Audit undisturbed) {
        return result(audit, undisturbed, fleet(0, 0, 0));
    }

    private static DemoResult result(Audit audit, Audit undisturbed, FleetAudit fleet) {
        return result(audit, undisturbed, fleet, central(0));
    }

    private static DemoResult result(Audit audit, Audit undisturbed, FleetAudit fleet, CentralAudit central) {
        return new DemoResult(1, 0, 0, Map.of(), 0, 0, audit, undisturbed, fleet, central, "");
    }
}
