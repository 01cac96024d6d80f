// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.failure;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AuditKey;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Event;
import io.nephometer.model.Existence;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.MessageId;
import io.nephometer.model.Period;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.AuditDesk.Grant;
import io.nephometer.store.ledger.AuditDesk.Tally;
import io.nephometer.store.ledger.AuditView.Difference;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.AuditView.State;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Audits are done once, and what they tell is metered once; on every engine. */
abstract class AuditContract {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final AuditKey KEY = new AuditKey("instance_usage_audit", "hosts/3", new Period(B, E));
    private static final Duration LEASE = Duration.ofMinutes(5);

    abstract LedgerFixture fixture();

    private AuditDesk desk() {
        return fixture().ledger().audits();
    }

    private Grant begin(String owner, Duration lease) {
        return desk().begin(KEY, owner, lease, "primary", E.plusSeconds(90)).orElseThrow();
    }

    private Run run() {
        List<Run> runs = desk().runs(KEY.task(), B);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @Test
    void oneDoesAnAudit() {
        Grant grant = begin("a", LEASE);
        assertThat(grant).isEqualTo(new Grant(KEY, "a", 1, "", 0, 0));
        assertThat(desk().begin(KEY, "b", LEASE, "primary", E)).isEmpty();
        assertThat(desk().progress(grant, new Tally("i-5", 5, 1, 0), LEASE)).isTrue();
        assertThat(desk().end(grant, State.DONE, new Tally("i-9", 9, 1, 2), "well"))
                .isTrue();
        assertThat(desk().begin(KEY, "b", LEASE, "primary", E)).isEmpty();
        Run run = run();
        assertThat(List.of(
                        run.state(),
                        run.owner(),
                        run.position(),
                        run.items(),
                        run.errors(),
                        run.unsure(),
                        run.message()))
                .containsExactly(State.DONE, "a", "i-9", 9L, 1L, 2L, "well");
        assertThat(run.watermark()).isEqualTo(E.plusSeconds(90));
        assertThat(run.ended()).isNotNull();
        assertThat(desk().runs(KEY.task(), E)).isEmpty();
        assertThat(desk().runs("other", B)).isEmpty();
        assertThat(desk().runs(KEY.task(), KEY.period())).containsExactly(run);
        assertThat(desk().runs(KEY.task(), new Period(B.minusSeconds(3600), E))).isEmpty();
        assertThat(desk().runs("other", KEY.period())).isEmpty();
    }

    @Test
    void whatBecameOtherwiseIsToldWithoutWhatIsDone() {
        Instant early = desk().now().minusSeconds(3600);
        Instant late = desk().now().plusSeconds(3600);
        assertThat(desk().latest(KEY.task())).isEmpty();
        Grant grant = begin("a", LEASE);
        assertThat(desk().latest(KEY.task())).contains(E);
        assertThat(desk().latest("other")).isEmpty();
        assertThat(desk().changes(KEY.task(), B, late)).containsExactly(Map.entry(KEY, State.RUNNING));
        assertThat(desk().changes(KEY.task(), E, early)).isEmpty();
        assertThat(desk().changes("other", B, early)).isEmpty();
        assertThat(desk().open(KEY.task())).containsExactly(KEY);
        assertThat(desk().open("other")).isEmpty();
        assertThat(desk().end(grant, State.DONE, new Tally("", 0, 0, 0), "")).isTrue();
        assertThat(desk().changes(KEY.task(), B, late)).isEmpty();
        assertThat(desk().open(KEY.task())).isEmpty();
        assertThat(desk().changes(KEY.task(), B, early)).containsExactly(Map.entry(KEY, State.DONE));
        assertThat(desk().changes(KEY.task(), B, Instant.EPOCH)).containsExactly(Map.entry(KEY, State.DONE));
        assertThat(desk().again(KEY)).isTrue();
        assertThat(desk().changes(KEY.task(), B, late)).containsExactly(Map.entry(KEY, State.AGAIN));
        assertThat(desk().open(KEY.task())).containsExactly(KEY);
    }

    @Test
    void whoeverComesAfterACrashGoesOn_andTheOneThatWasGoneCannot() {
        Grant first = begin("a", LEASE);
        assertThat(desk().progress(first, new Tally("i-5", 5, 2, 0), Duration.ofMillis(-1)))
                .isTrue();
        Grant second = begin("b", LEASE);
        assertThat(second).isEqualTo(new Grant(KEY, "b", 2, "i-5", 5, 2));
        assertThat(desk().progress(first, new Tally("i-7", 7, 0, 0), LEASE)).isFalse();
        assertThat(desk().end(first, State.DONE, new Tally("i-7", 7, 0, 0), "")).isFalse();
        assertThat(run().position()).isEqualTo("i-5");
        assertThat(desk().end(second, State.FAILED, new Tally("i-6", 6, 3, 0), "broken"))
                .isTrue();
        assertThat(begin("a", LEASE)).isEqualTo(new Grant(KEY, "a", 3, "i-6", 6, 3));
    }

    @Test
    void doneAgainOnlyIfAPersonWantsIt() {
        assertThat(desk().again(KEY)).isFalse();
        Grant grant = begin("a", LEASE);
        assertThat(desk().again(KEY)).isFalse();
        desk().end(grant, State.DONE, new Tally("i-9", 9, 4, 0), "");
        assertThat(desk().again(KEY)).isTrue();
        assertThat(run().state()).isEqualTo(State.AGAIN);
        assertThat(begin("b", LEASE)).isEqualTo(new Grant(KEY, "b", 2, "", 0, 0));
    }

    /** Those of every few minutes, which are made up for two days at most. */
    @Test
    void auditsOfShortPeriodsAreForgottenAfterThreeDays_andNoneBefore() {
        Instant now = fixture().clock().instant();
        AuditKey tick = new AuditKey("update_available_resource", "hosts/3", new Period(now.minusSeconds(300), now));
        Grant grant = desk().begin(tick, "a", LEASE, "primary", now).orElseThrow();
        assertThat(desk().end(grant, State.DONE, new Tally("", 0, 0, 0), "")).isTrue();
        RetentionPolicy forever = new RetentionPolicy(null, null, null);
        fixture().clock().advance(Duration.ofDays(3));
        fixture().ledger().retain(forever, 100);
        assertThat(desk().runs(tick.task(), Instant.EPOCH)).hasSize(1);
        fixture().clock().advance(Duration.ofSeconds(1));
        fixture().ledger().retain(forever, 100);
        assertThat(desk().runs(tick.task(), Instant.EPOCH)).isEmpty();
    }

    @Test
    void knownMessagesAreTold() {
        fixture().commit(converted(1));
        assertThat(desk().known(List.of(id(1), id(2)))).containsOnlyKeys(id(1));
        assertThat(desk().known(List.of())).isEmpty();
    }

    private static Processed exists(int n, String type, String instance, Instant end, String state) {
        MessageId id = id(n);
        Processed.Converted told = converted(
                new Event(id, type, E, List.of(new Trait("service", new TraitValue.Text("s" + n))), null),
                "exists " + n,
                List.of(sample(id, n)));
        Existence existence = type.endsWith(".exists") ? existence(instance, end, state) : null;
        return new Processed.Converted(told.raw(), id, told.hash(), told.event(), told.samples(), List.of(), existence);
    }

    private static Existence existence(String instance, Instant end, String state) {
        List<Trait> facts = List.of(
                new Trait("launched_at", new TraitValue.Datetime(B)),
                new Trait("memory_mb", TraitValue.Int.of(64)),
                new Trait("state", new TraitValue.Text(state)));
        return new Existence(instance, B, end, facts);
    }

    private static Processed exists(int n, String state) {
        return exists(n, "compute.instance.exists", "i-1", E, state);
    }

    private List<Integer> metered() {
        return fixture().samples().stream()
                .map(Sample::volume)
                .map(Number::intValue)
                .sorted()
                .toList();
    }

    private List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        desk().differences(found::add);
        return found;
    }

    @Test
    void whatSeveralTellIsMeteredOnce_inWhicheverForm() {
        CommitReport first = fixture().commit(exists(1, "active"), exists(2, "active"));
        assertThat(first.fates()).containsExactly(Fate.EVENT, Fate.EVENT);
        assertThat(first.samples()).isOne();
        fixture().commit(exists(3, "instance.exists", "i-1", E, "active"));
        assertThat(metered()).containsExactly(1);
        assertThat(fixture().events()).hasSize(3);
        assertThat(differences()).isEmpty();
        // another instance, another period, another kind of event
        fixture()
                .commit(
                        exists(4, "compute.instance.exists", "i-2", E, "active"),
                        exists(5, "compute.instance.exists", "i-1", E.minusSeconds(9), "active"),
                        exists(6, "compute.instance.update", "i-1", E, "active"));
        assertThat(metered()).containsExactly(1, 4, 5, 6);
    }

    @Test
    void whatOthersTellDifferentlyIsListed() {
        fixture().commit(exists(1, "active"));
        fixture().commit(exists(2, "stopped"));
        fixture().commit(exists(3, "active"));
        assertThat(metered()).containsExactly(1);
        assertThat(differences())
                .containsExactly(new Difference(
                        "i-1",
                        new Period(B, E),
                        id(1).text(),
                        id(2).text(),
                        2,
                        List.of(new Difference.Trait("state", "active", "stopped"))));
    }

    @Test
    void aRepeatOfTheMeteredOneIsNoOther() {
        fixture().commit(exists(1, "active"));
        assertThat(fixture().commit(exists(1, "active")).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(metered()).containsExactly(1);
    }

    @Test
    void itIsMeteredOnceWhateverBecomesOfIt() {
        Processed.Converted first = (Processed.Converted) exists(1, "active");
        Processed.Converted second = (Processed.Converted) exists(2, "active");
        Processed.Converted third = (Processed.Converted) exists(3, "active");
        Processed.Converted fourth = (Processed.Converted) exists(4, "active");
        fixture()
                .commit(new Processed.SamplesOnly(
                        first.raw(), first.id(), first.hash(), first.samples(), first.existence()));
        fixture()
                .commit(new Processed.EventRefused(
                        second.raw(),
                        second.id(),
                        second.hash(),
                        second.samples(),
                        second.existence(),
                        failure(Failure.Kind.EVENT_REJECTED)));
        fixture()
                .commit(new Processed.Unmatched(
                        third.raw(), third.id(), third.hash(), third.samples(), third.existence()));
        fixture().commit(fourth);
        assertThat(metered()).containsExactly(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void whatIsOnlyComparedIsNotWhatItIsRefusedFor() {
        assertThat(fixture().commit(exists(1, "act\0ive")).fates()).containsExactly(Fate.EVENT);
        assertThat(metered()).containsExactly(1);
    }
}
