// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.unprocessable;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Fate;
import io.nephometer.store.ledger.RecoveryChange;
import io.nephometer.store.ledger.RecoveryChange.Action;
import io.nephometer.store.ledger.RecoveryDesk;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RetryOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two people at the same entry of recovery at the same time, on every engine. */
abstract class RecoveryRaceContract {
    /** So that either comes first now and then. */
    private static final int RACES = 10;

    abstract LedgerFixture fixture();

    private RecoveryDesk desk() {
        return fixture().ledger().recovery();
    }

    /** Entry by entry; what each of the two is told. */
    private static <A, B> List<Map.Entry<A, B>> race(
            List<RecoveryEntry> entries, Function<RecoveryEntry, A> one, Function<RecoveryEntry, B> other)
            throws Exception {
        List<Map.Entry<A, B>> told = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (RecoveryEntry entry : entries) {
                Future<A> first = threads.submit(() -> {
                    start.await();
                    return one.apply(entry);
                });
                Future<B> second = threads.submit(() -> {
                    start.await();
                    return other.apply(entry);
                });
                told.add(Map.entry(first.get(), second.get()));
            }
        }
        return told;
    }

    private List<RecoveryEntry> waiting(int count) {
        List<RecoveryEntry> entries = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            fixture().commit(unprocessable(n));
        }
        desk().entries(RecoveryFilter.OPEN, entries::add);
        assertThat(entries).hasSize(count);
        return entries;
    }

    /** What the message of the entry becomes when it is tried again. */
    private RetryOutcome retry(RecoveryEntry entry) {
        String body = entry.message().body().toText();
        return desk().retry(entry, converted(Integer.parseInt(body.substring("message ".length()))));
    }

    private RecoveryEntry now(RecoveryEntry entry) {
        return desk().find(entry.id()).orElseThrow();
    }

    @Test
    void ofTwoRetriesAtOnceOneWinsAndTheOtherSaysSo() throws Exception {
        List<RecoveryEntry> entries = waiting(RACES);

        for (Map.Entry<RetryOutcome, RetryOutcome> told : race(entries, this::retry, this::retry)) {
            assertThat(List.of(told.getKey(), told.getValue()))
                    .containsExactlyInAnyOrder(new RetryOutcome.Settled(Fate.EVENT, 1), new RetryOutcome.NotAsRead());
        }

        assertThat(fixture().events()).hasSize(RACES);
        assertThat(fixture().samples()).hasSize(RACES);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(now(entry).state()).isEqualTo(RecoveryState.RESOLVED);
            assertThat(now(entry).attempts()).isEqualTo(1);
            assertThat(desk().history(entry)).extracting(RecoveryChange::action).containsExactly(Action.RETRY);
        });
    }

    @Test
    void ofARetryAndADiscardAtOnceOneWinsAndTheOtherSaysSo() throws Exception {
        List<RecoveryEntry> entries = waiting(RACES);

        var told = race(entries, this::retry, entry -> desk().discard(entry, "noise"));

        int retried = 0;
        for (int i = 0; i < RACES; i++) {
            boolean discarded = told.get(i).getValue();
            RetryOutcome expected = discarded ? new RetryOutcome.NotAsRead() : new RetryOutcome.Settled(Fate.EVENT, 1);
            assertThat(told.get(i).getKey()).isEqualTo(expected);
            RecoveryEntry entry = entries.get(i);
            assertThat(now(entry).state()).isEqualTo(discarded ? RecoveryState.DISCARDED : RecoveryState.RESOLVED);
            assertThat(desk().history(entry))
                    .extracting(RecoveryChange::action)
                    .containsExactly(discarded ? Action.DISCARD : Action.RETRY);
            retried += discarded ? 0 : 1;
        }
        assertThat(fixture().events()).hasSize(retried);
        assertThat(fixture().samples()).hasSize(retried);
    }
}
