// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.eventRefused;
import static io.nephometer.testkit.ledger.Messages.garbage;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.raw;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.unprocessable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.store.commit.RecoveryRow;
import io.nephometer.store.ledger.RecoveryChange;
import io.nephometer.store.ledger.RecoveryChange.Action;
import io.nephometer.store.ledger.RecoveryDesk;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RetryOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What people can do about what waits in recovery, on every engine. */
abstract class RecoveryContract {
    abstract LedgerFixture fixture();

    private RecoveryDesk desk() {
        return fixture().ledger().recovery();
    }

    private RecoveryEntry only() {
        List<RecoveryEntry> entries = new ArrayList<>();
        desk().entries(RecoveryFilter.ALL, entries::add);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    @Test
    void entryHoldsTheWholeMessage() {
        fixture().commit(unprocessable(1));
        fixture().clock().advance(Duration.ofMinutes(1));
        fixture().commit(unprocessable(1));

        RecoveryEntry entry = only();

        assertThat(entry.message()).isEqualTo(unprocessable(1).raw());
        assertThat(entry.identity())
                .isEqualTo(RecoveryRow.identity(unprocessable(1).raw()));
        assertThat(entry.failure()).isEqualTo(unprocessable(1).failure());
        assertThat(entry.messageId()).isEqualTo(id(1).text());
        assertThat(Duration.between(entry.firstSeen(), entry.lastSeen())).isEqualTo(Duration.ofMinutes(1));
        assertThat(entry.state()).isEqualTo(RecoveryState.OPEN);
        assertThat(entry.attempts()).isZero();
    }

    @Test
    void entriesAreGroupedByReasonAndFiltered() {
        fixture().commit(unprocessable(1), unprocessable(2), garbage("{"), garbage("{"));

        assertThat(desk().groups(RecoveryFilter.OPEN)).hasSize(2).first().satisfies(group -> {
            assertThat(group.kind()).isEqualTo(Failure.Kind.METER_CONVERSION);
            assertThat(group.entries()).isEqualTo(2);
        });
        assertThat(desk().groups(new RecoveryFilter(null, null, Failure.Kind.NOT_JSON, null)))
                .singleElement()
                .satisfies(group -> assertThat(group.seen()).isEqualTo(2));
        assertThat(desk().groups(new RecoveryFilter(RecoveryState.DISCARDED, null, null, null)))
                .isEmpty();
        assertThat(desk().groups(new RecoveryFilter(null, Failure.Step.DECODE, null, null)))
                .isEmpty();
    }

    @Test
    void entryIsFoundByTheBeginningOfItsId() {
        fixture().commit(unprocessable(1));
        String id = only().id();

        assertThat(desk().find(id)).contains(only());
        assertThat(desk().find(id.substring(0, 7).toUpperCase(Locale.ROOT))).contains(only());
        assertThat(desk().find("0000" + id.substring(4))).isEmpty();
        assertThatThrownBy(() -> desk().find("xyz")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void editedBodyReplacesTheOldOneWhichIsKept() {
        fixture().commit(garbage("{"));
        RecoveryEntry before = only();

        assertThat(desk().edit(before, Bytes.utf8("{}"), "closed the brace")).isTrue();

        assertThat(only().message().body()).isEqualTo(Bytes.utf8("{}"));
        assertThat(only().identity()).isEqualTo(before.identity());
        assertThat(desk().history(only()))
                .containsExactly(new RecoveryChange(
                        fixture().clock().instant(), Action.EDIT, "closed the brace", Bytes.utf8("{")));
        assertThat(desk().edit(before, Bytes.utf8("[]"), "late")).isFalse();
        assertThat(fixture().commit(garbage("{")).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(only().seen()).isEqualTo(2);
    }

    @Test
    void discardedEntryStaysDiscardedWhenTheMessageComesAgain() {
        fixture().commit(garbage("{"));

        assertThat(desk().discard(only(), "noise")).isTrue();
        assertThat(fixture().commit(garbage("{")).fates()).containsExactly(Fate.DUPLICATE);

        assertThat(only().state()).isEqualTo(RecoveryState.DISCARDED);
        assertThat(only().seen()).isEqualTo(2);
        assertThat(desk().discard(only(), "again")).isFalse();
        assertThat(desk().retry(only(), converted(1))).isInstanceOf(RetryOutcome.NotAsRead.class);
        assertThat(fixture().events()).isEmpty();
    }

    @Test
    void retriedMessageIsWrittenOnceAndSettled() {
        fixture().commit(unprocessable(1));
        RecoveryEntry entry = only();

        assertThat(desk().retry(entry, converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 1));
        assertThat(desk().retry(entry, converted(1))).isInstanceOf(RetryOutcome.NotAsRead.class);

        assertThat(only().state()).isEqualTo(RecoveryState.RESOLVED);
        assertThat(only().attempts()).isEqualTo(1);
        assertThat(fixture().events()).containsExactly(converted(1).event());
        assertThat(fixture().samples()).containsExactly(sample(id(1), 1));
        assertThat(fixture().commit(converted(1)).fates()).containsExactly(Fate.DUPLICATE);
    }

    @Test
    void retryOfRefusedEventWritesTheEventAlone() {
        fixture().commit(eventRefused(1));

        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 0));

        assertThat(fixture().events()).containsExactly(converted(1).event());
        assertThat(fixture().samples()).containsExactly(sample(id(1), 1));
    }

    @Test
    void eventCannotBeRetriedUnderAnotherId() {
        fixture().commit(eventRefused(1));

        assertThat(desk().retry(only(), converted(2))).isInstanceOf(RetryOutcome.Refused.class);

        assertThat(fixture().events()).isEmpty();
        assertThat(only().attempts()).isZero();
    }

    @Test
    void retryThatFailsAgainLeavesTheEntryOpenWithItsReason() {
        fixture().commit(garbage("{"));

        assertThat(desk().retry(only(), unprocessable(1)))
                .isEqualTo(new RetryOutcome.StillWaiting(
                        Fate.RECOVERED, unprocessable(1).failure(), 0));

        assertThat(only().failure().kind()).isEqualTo(Failure.Kind.METER_CONVERSION);
        assertThat(only().attempts()).isEqualTo(1);
        assertThat(only().state()).isEqualTo(RecoveryState.OPEN);
        assertThat(desk().history(only())).extracting(RecoveryChange::action).containsExactly(Action.RETRY);
    }

    @Test
    void retryWhoseEventIsRefusedMetersAndLeavesTheEvent() {
        fixture().commit(unprocessable(1));

        assertThat(desk().retry(only(), eventRefused(1)))
                .isEqualTo(new RetryOutcome.StillWaiting(
                        Fate.RECOVERED, eventRefused(1).failure(), 1));
        assertThat(only().eventOnly()).isTrue();
        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 0));

        assertThat(fixture().samples()).hasSize(1);
        assertThat(fixture().events()).hasSize(1);
    }

    @Test
    void retryOfWhatCameInMeanwhileSettlesAsDuplicate() {
        fixture().commit(unprocessable(1));
        fixture().commit(converted(1));

        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.DUPLICATE, 0));

        assertThat(fixture().events()).hasSize(1);
        assertThat(fixture().samples()).hasSize(1);
    }

    /** A message whose stored body is not what came, because a secret was masked in it. */
    private static Processed.Unprocessable masked(BodyHash arrival) {
        return new Processed.Unprocessable(
                raw("message 1"), id(1), arrival, unprocessable(1).failure());
    }

    /** Message 1 by another exchange, where it can be processed: not a repeat of its entry. */
    private static Processed.Converted elsewhere(BodyHash hash) {
        Processed.Converted it = converted(1);
        RawMessage raw = new RawMessage(
                "other", it.raw().routingKey(), it.raw().properties(), it.raw().body());
        return new Processed.Converted(raw, it.id(), hash, it.event(), it.samples());
    }

    @Test
    void retriedMessageIsKnownByTheHashItCameWith() {
        BodyHash arrival = BodyHash.of("message 1 with a token".getBytes(UTF_8));
        fixture().commit(masked(arrival));
        assertThat(only().bodyHash()).isEqualTo(arrival);

        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 1));

        assertThat(fixture().commit(elsewhere(arrival)).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(fixture().commit(elsewhere(converted(1).hash())).fates()).containsExactly(Fate.CONFLICT);
        assertThat(fixture().samples()).hasSize(1);
    }

    @Test
    void retryIsComparedByTheHashItCameWith() {
        BodyHash arrival = BodyHash.of("message 1 with a token".getBytes(UTF_8));
        fixture().commit(masked(arrival));
        fixture().commit(elsewhere(arrival));

        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.DUPLICATE, 0));
    }

    @Test
    void retryWhoseEventIsRefusedClaimsTheHashItCameWith() {
        BodyHash arrival = BodyHash.of("message 1 with a token".getBytes(UTF_8));
        fixture().commit(masked(arrival));

        assertThat(desk().retry(only(), eventRefused(1))).isInstanceOf(RetryOutcome.StillWaiting.class);

        assertThat(only().bodyHash()).isEqualTo(arrival);
        assertThat(fixture().commit(elsewhere(arrival)).fates()).containsExactly(Fate.DUPLICATE);
    }

    @Test
    void editedMessageIsKnownByItsNewContent() {
        BodyHash arrival = BodyHash.of("message 1 with a token".getBytes(UTF_8));
        fixture().commit(masked(arrival));
        Processed.Converted edited = converted(id(1), "edited", List.of());

        assertThat(desk().edit(only(), edited.raw().body(), "")).isTrue();
        assertThat(only().bodyHash()).isNull();
        assertThat(desk().retry(only(), edited)).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 0));

        assertThat(fixture().commit(elsewhere(edited.hash())).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(fixture().commit(elsewhere(arrival)).fates()).containsExactly(Fate.CONFLICT);
    }

    /** As of what was too large, and is read under a larger limit. */
    @Test
    void messageWhoseIdIsReadByTheRetryIsKnownByTheHashItCameWith() {
        BodyHash arrival = BodyHash.of("message 1 with a token".getBytes(UTF_8));
        fixture()
                .commit(new Processed.Unprocessable(
                        raw("message 1"), null, arrival, garbage("unread").failure()));
        assertThat(only().bodyHash()).isEqualTo(arrival);

        assertThat(desk().retry(only(), converted(1))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 1));

        assertThat(fixture().commit(elsewhere(arrival)).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(fixture().samples()).hasSize(1);
    }

    @Test
    void conflictStaysOpenUntilItsIdIsEdited() {
        fixture().commit(converted(1), converted(id(1), "another", List.of()));

        assertThat(desk().retry(only(), converted(id(1), "another", List.of())))
                .isInstanceOf(RetryOutcome.StillWaiting.class);
        assertThat(desk().edit(only(), converted(2).raw().body(), "an id of its own"))
                .isTrue();
        assertThat(desk().retry(only(), converted(2))).isEqualTo(new RetryOutcome.Settled(Fate.EVENT, 1));

        assertThat(fixture().events()).hasSize(2);
    }

    @Test
    void refusedRetryChangesNothing() {
        fixture().commit(unprocessable(1));
        List<Sample> bad = List.of(sample(new MessageId("\u0000"), 1));

        RetryOutcome outcome = desk().retry(only(), converted(new MessageId("\u0000"), "message 1", bad));

        assertThat(outcome).isInstanceOf(RetryOutcome.Refused.class);
        assertThat(only().state()).isEqualTo(RecoveryState.OPEN);
    }

    @Test
    void retriesAtTheSameTimeCountOnce() throws Exception {
        fixture().commit(unprocessable(1), eventRefused(2));
        List<RecoveryEntry> entries = new ArrayList<>();
        desk().entries(RecoveryFilter.OPEN, entries::add);
        List<Callable<RetryOutcome>> retries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RecoveryEntry entry = entries.get(i % 2);
            retries.add(() -> desk().retry(entry, entry.eventOnly() ? converted(2) : converted(1)));
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<RetryOutcome> outcomes = new ArrayList<>();
            for (Future<RetryOutcome> retry : threads.invokeAll(retries)) {
                outcomes.add(retry.get());
            }
            assertThat(outcomes)
                    .filteredOn(RetryOutcome.Settled.class::isInstance)
                    .hasSize(2);
        }

        assertThat(fixture().events()).hasSize(2);
        assertThat(fixture().samples()).hasSize(2);
    }
}
