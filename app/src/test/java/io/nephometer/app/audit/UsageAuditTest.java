// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Event;
import io.nephometer.model.HostShare;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.ledger.AuditView.Difference;
import io.nephometer.store.ledger.InventoryReader.Mark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit of usage on a simulated cloud, from what Nova's API and its notifications tell to samples in the ledger. */
@Timeout(120)
class UsageAuditTest {
    @TempDir
    private Path folder;

    private AuditedCloud all;

    @BeforeEach
    void open() throws Exception {
        all = new AuditedCloud("sqlite:" + folder.resolve("ledger.db"), true);
    }

    @AfterEach
    void close() throws Exception {
        all.close();
    }

    private Host host(int number) {
        return all.cloud.cloud().hosts().get(number);
    }

    private String guest(int host, int number) {
        return all.cloud.cloud().guestsOf(host(host).name()).get(number).id();
    }

    private String create(String name) {
        return all.cloud
                .operations()
                .create(
                        all.cloud.cloud().directory().members().getFirst(),
                        name,
                        all.cloud.cloud().flavors().getFirst(),
                        all.cloud.cloud().images().getFirst(),
                        host(0),
                        Map.of());
    }

    private static Set<String> instances(List<Event> events) {
        return events.stream()
                .map(event -> AuditedCloud.text(event, "instance_id"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> servers() {
        return all.cloud.cloud().servers().stream().map(Server::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void tellsWhatNovaTells_andMetersItOnce() throws Exception {
        all.runUntil("2026-11-28T11:00:00Z");
        assertThat(all.audit().why()).contains("complete up to");
        all.runUntil("2026-11-28T11:04:00Z");
        AuditRounds.Report report = all.audit();
        assertThat(report).isEqualTo(new AuditRounds.Report(HostShare.COUNT, HostShare.COUNT, false, null, null, null));
        List<Event> novas = all.exists(false);
        assertThat(instances(novas)).hasSize(12).isEqualTo(servers());
        assertThat(instances(all.exists(true))).isEqualTo(instances(novas));
        // Nova's came first, and are metered; field by field ours say the same
        assertThat(all.memory(novas)).hasSize(12);
        assertThat(all.memory(all.exists(true))).isEmpty();
        assertThat(all.differences()).isEmpty();
    }

    @Test
    void whoeverComesFirstIsMetered() throws Exception {
        all.runUntil("2026-11-28T10:59:40Z");
        all.collects = false;
        all.runUntil("2026-11-28T11:04:00Z");
        all.audit();
        all.collect();
        assertThat(instances(all.exists(false))).hasSize(12);
        assertThat(all.memory(all.exists(true))).hasSize(12);
        assertThat(all.memory(all.exists(false))).isEmpty();
        assertThat(all.differences()).isEmpty();
    }

    @Test
    void everyLifeIsTold_deletedInThePeriod_shelved_neverLaunched_bornAfterIt() throws Exception {
        all.run(Duration.ofMinutes(3));
        String deleted = guest(0, 0);
        String shelved = guest(1, 0);
        all.cloud.operations().delete(deleted);
        all.cloud.operations().shelve(shelved);
        String never = all.cloud
                .operations()
                .createAndDeleteAtOnce(
                        all.cloud.cloud().directory().members().getFirst(),
                        "never",
                        all.cloud.cloud().flavors().getFirst(),
                        all.cloud.cloud().images().getFirst(),
                        host(0));
        String born = create("born");
        all.runUntil("2026-11-28T11:01:00Z");
        assertThat(all.host(shelved)).isNull();
        String late = create("late");
        all.runUntil("2026-11-28T11:06:00Z");
        all.audit();
        Set<String> told = instances(all.exists(true));
        assertThat(told)
                .contains(deleted, shelved, born)
                .doesNotContain(never, late)
                .hasSize(13);
        Event ofDeleted = only(deleted);
        assertThat(AuditedCloud.text(ofDeleted, "state")).isEqualTo("deleted");
        assertThat(AuditedCloud.text(ofDeleted, "deleted_at")).startsWith("2026-11-28T10:3");
        assertThat(AuditedCloud.text(only(shelved), "state")).isEqualTo("shelved_offloaded");
        // each is metered once, whoever told it
        assertThat(all.memory(all.exists(true)).size()
                        + all.memory(all.exists(false)).size())
                .isEqualTo(13);
        all.runUntil("2026-11-28T12:06:00Z");
        all.audit();
        List<String> hour = all.exists(true).stream()
                .filter(event -> event.generated().equals(Instant.parse("2026-11-28T12:00:00Z")))
                .map(event -> AuditedCloud.text(event, "instance_id"))
                .toList();
        assertThat(hour)
                .contains(shelved, born, late)
                .doesNotContain(deleted, never)
                .hasSize(13);
    }

    private Event only(String instance) {
        List<Event> found = all.exists(true).stream()
                .filter(event -> AuditedCloud.text(event, "instance_id").equals(instance))
                .filter(event -> event.generated().equals(Instant.parse("2026-11-28T11:00:00Z")))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void migratedWhileItIsAudited_isToldOnce_onTheHostOfTheEnd() throws Exception {
        String moved = guest(0, 0);
        String from = host(0).name();
        all.runUntil("2026-11-28T11:02:00Z");
        all.cloud.operations().liveMigrate(moved, host(1));
        all.runUntil("2026-11-28T11:05:00Z");
        assertThat(all.host(moved)).isEqualTo(host(1).name());
        all.rounds("a").run(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        all.cloud.operations().liveMigrate(moved, host(0));
        all.runUntil("2026-11-28T11:08:00Z");
        assertThat(all.host(moved)).isEqualTo(from);
        all.audit();
        assertThat(AuditedCloud.text(only(moved), "host")).isEqualTo(from);
        assertThat(instances(all.exists(true))).isEqualTo(servers());
        assertThat(all.exists(true)).hasSize(12);
    }

    @Test
    void aRerunAndASecondAgentAddNothing() throws Exception {
        all.runUntil("2026-11-28T11:04:00Z");
        all.audit();
        int events = all.exists(true).size();
        int samples = all.memory(all.exists(false)).size();
        assertThat(all.rounds("second").run(List.of(0, 1, 2, 3)).due()).isZero();
        all.ledger.audits().runs("instance_usage_audit", Instant.EPOCH).forEach(run -> assertThat(
                        all.ledger.audits().again(run.key()))
                .isTrue());
        all.audit();
        assertThat(all.exists(true)).hasSize(events);
        assertThat(all.memory(all.exists(false))).hasSize(samples);
        assertThat(all.ledger.audits().runs("instance_usage_audit", Instant.EPOCH))
                .allSatisfy(run -> assertThat(run.message()).isEmpty())
                .extracting(run -> run.attempt())
                .containsOnly(2L);
    }

    @Test
    void aReaderThatWasDownHoldsTheAuditBack_andNothingIsMissedWhenItIsBack() throws Exception {
        all.runUntil("2026-11-28T10:50:00Z");
        all.reads = false;
        all.collects = false;
        String deleted = guest(2, 1);
        all.cloud.operations().delete(deleted);
        String born = create("born");
        all.runUntil("2026-11-28T13:00:20Z");
        AuditRounds.Report held = all.audit();
        assertThat(held.done()).isZero();
        assertThat(held.why()).contains("needed is 2026-11-28T11:01:00Z");
        assertThat(held.overdue()).isNotNull();
        assertThat(all.exists(true).stream().map(Event::generated))
                .doesNotContain(Instant.parse("2026-11-28T11:00:00Z"));
        all.reads = true;
        all.runUntil("2026-11-28T13:04:20Z");
        assertThat(all.audit().overdue()).isNull();
        for (String end : List.of("2026-11-28T11:00:00Z", "2026-11-28T12:00:00Z", "2026-11-28T13:00:00Z")) {
            List<Event> hour = all.exists(true).stream()
                    .filter(event -> event.generated().equals(Instant.parse(end)))
                    .toList();
            assertThat(instances(hour).contains(deleted)).isEqualTo(end.startsWith("2026-11-28T11"));
            assertThat(instances(hour)).contains(born).hasSize(end.startsWith("2026-11-28T11") ? 13 : 12);
        }
    }

    @Test
    void theMarkFollowsNovasClock() throws Exception {
        all.run(Duration.ofMinutes(5));
        Instant until = all.ledger.inventory().mark("nova").map(Mark::until).orElseThrow();
        assertThat(Duration.between(until, all.clock.instant())).isLessThan(Duration.ofMinutes(2));
        assertThat(all.ledger.inventory().mark("nova").map(Mark::from).orElseThrow())
                .isBetween(
                        AuditedCloud.START.minus(Duration.ofMinutes(40)),
                        AuditedCloud.START.minus(Duration.ofMinutes(35)));
    }

    @Test
    void withoutNotificationsTheInstancesAreTheSame() throws Exception {
        try (AuditedCloud other = new AuditedCloud("sqlite:" + folder.resolve("other.db"), false)) {
            other.runUntil("2026-11-28T11:04:00Z");
            other.audit();
            assertThat(instances(other.exists(true))).hasSize(12).isEqualTo(instances(other.exists(false)));
            assertThat(other.differences()).extracting(Difference::traits).isEmpty();
        }
    }
}
