// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.eventRefused;
import static io.nephometer.testkit.ledger.Messages.garbage;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.polled;
import static io.nephometer.testkit.ledger.Messages.samplesOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitReport;
import io.nephometer.model.Event;
import io.nephometer.model.Fate;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.ConsumerProgress;
import io.nephometer.store.ledger.LedgerCursors;
import io.nephometer.store.ledger.LogEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.RetentionReport;
import io.nephometer.store.ledger.TableSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log and what removes old rows, on every engine. */
abstract class LogAndRetentionContract {
    /** Messages are generated an hour before the clock starts. */
    private static final RetentionPolicy THIRTY_MINUTES =
            new RetentionPolicy(Duration.ofMinutes(30), Duration.ofMinutes(30), Duration.ofMinutes(30));

    abstract LedgerFixture fixture();

    private LedgerCursors log() {
        return fixture().ledger().log();
    }

    @Test
    void logGivesEachCommitWithWhatItWrote() {
        CommitReport first = fixture().commit(converted(1), converted(2));
        CommitReport second = fixture().commit(converted(1), converted(3));

        List<LogEntry> entries = log().after(0, 10);

        assertThat(entries).extracting(LogEntry::position).containsExactly(first.position(), second.position());
        assertThat(log().head()).isEqualTo(second.position());
        assertThat(log().after(first.position(), 10)).containsExactly(entries.get(1));
        assertThat(log().after(0, 1)).containsExactly(entries.get(0));
        assertThat(events(entries.get(0)))
                .containsExactly(converted(1).event(), converted(2).event());
        assertThat(events(entries.get(1))).containsExactly(converted(3).event());
        assertThat(samples(entries.get(1)))
                .containsExactlyElementsOf(converted(3).samples());
        assertThat(entries.get(0).events()).isEqualTo(2);
        assertThat(entries.get(1).samples()).isEqualTo(1);
    }

    private List<Event> events(LogEntry entry) {
        List<Event> events = new ArrayList<>();
        log().events(entry, events::add);
        return events;
    }

    private List<Sample> samples(LogEntry entry) {
        List<Sample> samples = new ArrayList<>();
        log().samples(entry, samples::add);
        return samples;
    }

    @Test
    void consumersAreCounted() {
        fixture().commit(converted(1), converted(1), eventRefused(2), converted(id(1), "another", List.of()));
        long last = fixture()
                .commit(samplesOnly(id(3), "three", List.of(polled(id(103), 1), polled(id(103), 1))))
                .position();

        assertThat(log().consumers()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("test");
            assertThat(it.position()).isEqualTo(last);
            assertThat(it.messages())
                    .containsEntry(Fate.EVENT, 1L)
                    .containsEntry(Fate.DUPLICATE, 1L)
                    .containsEntry(Fate.RECOVERED, 1L)
                    .containsEntry(Fate.CONFLICT, 1L)
                    .containsEntry(Fate.SAMPLE_ONLY, 1L)
                    .containsEntry(Fate.UNMATCHED, 0L);
            assertThat(it.samples()).isEqualTo(3);
            assertThat(it.samplesRefused()).isEqualTo(1);
        });
        assertThat(log().consumers())
                .extracting(ConsumerProgress::updatedAt)
                .containsExactly(fixture().clock().instant());
    }

    @Test
    void cursorNeverGoesBack() {
        assertThat(log().cursor("gnocchi")).isZero();
        log().moveCursor("gnocchi", 5);
        log().moveCursor("gnocchi", 3);

        assertThat(log().cursor("gnocchi")).isEqualTo(5);
        log().dropCursor("gnocchi");
        assertThat(log().cursor("gnocchi")).isZero();
    }

    private RetentionReport retain(RetentionPolicy policy, int maxRows) {
        return fixture().ledger().retain(policy, maxRows);
    }

    @Test
    void nothingIsRemovedUnlessAsked() {
        fixture().commit(converted(1), garbage("{"));
        fixture().clock().advance(Duration.ofDays(10_000));

        assertThat(retain(RetentionPolicy.FOREVER, 1_000).total()).isZero();

        assertThat(fixture().events()).hasSize(1);
    }

    @Test
    void oldEventsAndSamplesGoAndTheirMessagesStayKnown() {
        fixture().commit(converted(1), garbage("{"));
        fixture().clock().advance(Duration.ofMinutes(31));

        RetentionReport report = retain(THIRTY_MINUTES, 1_000);

        assertThat(report).isEqualTo(new RetentionReport(1, 1, 1, 0, 0, 0, 0, true));
        assertThat(fixture().events()).isEmpty();
        assertThat(fixture().samples()).isEmpty();
        assertThat(fixture().recovery()).isEmpty();
        assertThat(fixture().commit(converted(1)).fates()).containsExactly(Fate.DUPLICATE);
    }

    @Test
    void intakeGoesOnlyWhenNoSuchMessageWouldBeAcceptedAnyMore() {
        fixture().commit(converted(1));
        fixture().commit(converted(2));
        fixture().clock().advance(Duration.ofDays(2).plusMinutes(29));
        assertThat(retain(THIRTY_MINUTES, 1_000).intake()).isZero();
        fixture().clock().advance(Duration.ofMinutes(2));

        RetentionReport report = retain(THIRTY_MINUTES, 1_000);

        assertThat(report.intake()).isEqualTo(2);
        assertThat(report.log()).isEqualTo(1);
        assertThat(log().head()).isEqualTo(2);
        assertThat(fixture().commit(converted(3)).position()).isEqualTo(3);
    }

    @Test
    void intakeStaysForEverWhileEventsOrSamplesDo() {
        assertThat(new RetentionPolicy(null, Duration.ofDays(1), null).intake()).isNull();
        assertThat(new RetentionPolicy(Duration.ofDays(1), null, null).intake()).isNull();
        assertThat(new RetentionPolicy(Duration.ofDays(9), Duration.ofDays(1), null).intake())
                .isEqualTo(Duration.ofDays(11));
    }

    @Test
    void logIsKeptForThoseWhoFollowIt() {
        fixture().commit(converted(1));
        fixture().commit(converted(2));
        fixture().commit(converted(3));
        log().moveCursor("slow", 1);
        fixture().clock().advance(Duration.ofDays(3));

        assertThat(retain(THIRTY_MINUTES, 1_000).log()).isEqualTo(1);

        assertThat(log().after(0, 10)).extracting(LogEntry::position).containsExactly(2L, 3L);
    }

    @Test
    void runEndsAtItsBound() {
        fixture().commit(converted(1), converted(2), converted(3));
        fixture().clock().advance(Duration.ofHours(1));

        RetentionReport first = retain(THIRTY_MINUTES, 2);
        RetentionReport second = retain(THIRTY_MINUTES, 1_000);

        assertThat(first.events()).isEqualTo(2);
        assertThat(first.complete()).isFalse();
        assertThat(second.total()).isEqualTo(4);
        assertThat(second.complete()).isTrue();
    }

    @Test
    void discardedEntriesGoWithTheirHistory() {
        fixture().commit(garbage("{"));
        fixture().ledger().recovery().entries(RecoveryFilter.ALL, entry -> fixture()
                .ledger()
                .recovery()
                .discard(entry, "noise"));
        fixture().clock().advance(Duration.ofHours(1));

        assertThat(retain(THIRTY_MINUTES, 1_000).recoverySettled()).isEqualTo(1);

        assertThat(fixture().ledger().sizes())
                .filteredOn(size -> size.table().startsWith("recovery"))
                .extracting(TableSize::rows)
                .containsExactly(0L, 0L);
    }

    @Test
    void tablesAreCountedAndMeasured() {
        fixture().commit(converted(1), converted(2));

        assertThat(fixture().ledger().sizes())
                .filteredOn(
                        size -> size.table().equals("events") || size.table().equals("intake"))
                .allSatisfy(size -> {
                    assertThat(size.rows()).isEqualTo(2);
                    assertThat(size.bytes()).isPositive();
                });
    }
}
