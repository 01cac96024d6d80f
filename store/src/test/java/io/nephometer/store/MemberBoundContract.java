// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static io.nephometer.testkit.ledger.Messages.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.Slot;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RetryOutcome;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That names which nobody has heard of do not fill the roster, on every engine. */
abstract class MemberBoundContract {
    private static final int MOST = 3;

    private final TestClock clock = new TestClock();
    private @Nullable Ledger ledger;

    /** The address of an empty ledger. */
    abstract StoreUrl url();

    private Ledger ledger() {
        if (ledger == null) {
            ledger = Ledgers.open(url(), LedgerOptions.DEFAULTS.withMaxMembers(MOST), clock);
        }
        return ledger;
    }

    @AfterEach
    void close() {
        ledger().close();
    }

    private static Processed.Measured message(int number, Slot slot, String member) {
        return measured(id(number), whole(slot, member), List.of(slotted(slot, MEMORY, number, 1)));
    }

    private List<Fate> commit(Processed... messages) {
        CommitOutcome outcome = ledger().commit(new LedgerBatch("test", List.of(messages)));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report().fates();
    }

    private List<RecoveryEntry> waiting() {
        List<RecoveryEntry> entries = new ArrayList<>();
        ledger().recovery().entries(RecoveryFilter.ALL, entries::add);
        return entries;
    }

    private long rows(String table) {
        return ledger().sizes().stream()
                .filter(size -> size.table().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    @Test
    void membersBeyondTheBoundWaitInRecovery_thoseThatAreThereGoOn_andEachSourceHasItsOwn() {
        assertThat(commit(message(1, SLOT, "cmp1"), message(2, SLOT, "cmp2"))).containsOnly(Fate.SAMPLE_ONLY);
        Slot other = new Slot("other", SLOT.interval(), SLOT.start());

        assertThat(commit(
                        message(3, SLOT, "cmp3"),
                        message(4, SLOT, "cmp4"),
                        message(5, SLOT.next(), "cmp1"),
                        message(6, other, "cmp4"),
                        message(7, SLOT.next(), "cmp4")))
                .containsExactly(Fate.SAMPLE_ONLY, Fate.RECOVERED, Fate.SAMPLE_ONLY, Fate.SAMPLE_ONLY, Fate.RECOVERED);

        assertThat(rows("slot_members")).isEqualTo(4);
        assertThat(waiting()).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.failure().kind()).isEqualTo(Failure.Kind.TOO_MANY_MEMBERS);
            assertThat(entry.failure().detail()).contains("cmp4").contains("collector.max_members");
        });
        assertThat(rows("slot_samples")).isEqualTo(5);
    }

    @Test
    void whoIsRetiredLeavesRoomForAnother_whoseSlotIsFarAwayDoesNot() {
        Slot longAgo = new Slot(SLOT.source(), SLOT.interval(), SLOT.start().minus(Duration.ofDays(400)));
        assertThat(commit(message(1, SLOT, "cmp1"), message(2, SLOT, "cmp2"), message(3, longAgo, "cmp3")))
                .containsOnly(Fate.SAMPLE_ONLY);
        assertThat(commit(message(4, SLOT, "cmp4"))).containsExactly(Fate.RECOVERED);

        assertThat(ledger().slots().retire("cmp2", null, null, "dismantled")).isEqualTo(1);

        assertThat(commit(message(5, SLOT, "cmp5"))).containsExactly(Fate.SAMPLE_ONLY);
        assertThat(commit(message(6, SLOT, "cmp6"))).containsExactly(Fate.RECOVERED);
    }

    @Test
    void whatComesAgainIsKnown_andARetryTakesIt() {
        commit(message(1, SLOT, "cmp1"), message(2, SLOT, "cmp2"), message(3, SLOT, "cmp3"));
        Processed.Measured fourth = message(4, SLOT, "cmp4");
        assertThat(commit(fourth)).containsExactly(Fate.RECOVERED);
        assertThat(commit(fourth)).containsExactly(Fate.DUPLICATE);
        assertThat(commit(message(1, SLOT, "cmp1"))).containsExactly(Fate.DUPLICATE);

        assertThat(ledger().recovery().retry(waiting().getFirst(), fourth))
                .isEqualTo(new RetryOutcome.Settled(Fate.SAMPLE_ONLY, 1));

        assertThat(commit(message(5, SLOT.next(), "cmp4"))).containsExactly(Fate.SAMPLE_ONLY);
        assertThat(waiting().stream().filter(entry -> entry.state() == RecoveryState.OPEN))
                .isEmpty();
    }

    @Test
    void namesOfSourcesHaveABoundToo() {
        List<Processed> messages = new ArrayList<>();
        for (int i = 0; i < 1_010; i++) {
            messages.add(message(i, new Slot("source-" + i, SLOT.interval(), SLOT.start()), "cmp1"));
        }

        List<Fate> fates = commit(messages.toArray(Processed[]::new));

        assertThat(fates.subList(0, 1_000)).containsOnly(Fate.SAMPLE_ONLY);
        assertThat(fates.subList(1_000, 1_010)).containsOnly(Fate.RECOVERED);
        assertThat(rows("slot_sources")).isEqualTo(1_000);
    }
}
