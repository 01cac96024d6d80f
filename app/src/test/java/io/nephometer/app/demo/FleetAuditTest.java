// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.demo.SlotBook.MemberSlot;
import io.nephometer.app.demo.SlotBook.PolledKey;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetAuditTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:01Z");
    private static final FleetOptions OPTIONS = new FleetOptions(2, 1, Duration.ofSeconds(2));
    private static final PolledKey SAMPLE = new PolledKey("cpu", "vm", BEGAN.plusSeconds(1));

    @TempDir
    Path folder;

    @Test
    void slots_areExpectedByTheClock_andAreDoneOrMissingForAReason() {
        Map<MemberSlot, List<List<PolledKey>>> taken = Map.of(
                slot("a", 1), List.of(List.of(SAMPLE)),
                slot("a", 3), List.of(List.of()),
                slot("b", -1), List.of(List.of()),
                slot("b", 5), List.of(List.of()));
        Map<MemberSlot, String> missing = Map.of(slot("b", 1), "overrun");

        SlotCount count = SlotCount.of(run(taken, missing, Map.of()), Set.of());

        // 10:00:02 and 10:00:04; what began before, or had not ended, is not expected.
        assertThat(count).isEqualTo(new SlotCount(4, 2, 0, Map.of("overrun", 1, "not_told_before_the_end", 1)));
        assertThat(count.missing()).isEqualTo(2);
    }

    @Test
    void aSlotThatLacksASampleInTheLedger_isNotDone_andOneThatWasTakenTwiceIsDuplicated() {
        Map<MemberSlot, List<List<PolledKey>>> taken = Map.of(
                slot("a", 1), List.of(List.of(SAMPLE)),
                slot("b", 1), List.of(List.of(), List.of()));

        SlotCount count = SlotCount.of(run(taken, Map.of(), Map.of()), Set.of(SAMPLE));

        assertThat(count.done()).isEqualTo(1);
        assertThat(count.duplicated()).isEqualTo(1);
    }

    @Test
    void aSampleThatTheLedgerTookAndDoesNotHold_isLost() {
        Fleet.Run run = run(Map.of(slot("a", 1), List.of(List.of(SAMPLE))), Map.of(), Map.of());

        FleetAudit audit = audit(run);

        assertThat(audit.lost()).isEqualTo(1);
        assertThat(audit.isGood()).isFalse();
        assertThat(audit.oldest()).isNull();
    }

    @Test
    void theAgeOfMetadata_isThatOfTheNinetyNinthOfAHundredSlots() {
        Map<MemberSlot, Duration> ages = new HashMap<>();
        for (int i = 1; i <= 100; i++) {
            ages.put(slot("a", 2L * i), Duration.ofMillis(i));
        }

        assertThat(audit(run(Map.of(), Map.of(), ages)).oldest()).isEqualTo(Duration.ofMillis(99));
    }

    private FleetAudit audit(Fleet.Run run) {
        try (Ledger empty = Ledgers.open(
                new StoreUrl.Sqlite(folder.resolve("empty.db")), LedgerOptions.DEFAULTS, WallClock.system())) {
            return FleetAudit.of(empty, run);
        }
    }

    private static MemberSlot slot(String member, long after) {
        return new MemberSlot(member, BEGAN.plusSeconds(after));
    }

    private static Fleet.Run run(
            Map<MemberSlot, List<List<PolledKey>>> taken,
            Map<MemberSlot, String> missing,
            Map<MemberSlot, Duration> ages) {
        return new Fleet.Run(
                OPTIONS,
                BEGAN,
                BEGAN.plusSeconds(6),
                List.of("a", "b"),
                new SlotBook.Notes(taken, missing, ages),
                3,
                9);
    }
}
