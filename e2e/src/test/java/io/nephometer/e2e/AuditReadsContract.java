// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReadRoute;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Audits that read a real replica. Where each read happened is proven by difference: the replica stands still while an instance ends
 * on the primary.
 */
abstract class AuditReadsContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private final Instant end = WallClock.system().instant().truncatedTo(ChronoUnit.DAYS);
    private final Period day = new Period(end.minus(Duration.ofDays(1)), end);
    private final Instant launched = day.begin().plusSeconds(600);
    private static final String HOST = "compute-1";

    @TempDir
    private Path folder;

    /** The address of an empty database on the primary. */
    abstract String newDatabase(String name);

    /** The same on the replica. */
    abstract String onReplica(String name);

    /** What is in the identity of the replica alone. */
    abstract String replica();

    abstract void pause();

    abstract void resume();

    /** It takes connections and says nothing, or goes on. */
    abstract void hangs(boolean on);

    private record Run(int exit, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private Run audit(String store, @Nullable String slave, String audits) throws IOException {
        String replicas = slave == null ? "" : ", slave_connection: ['" + slave + "']";
        Path file = Files.writeString(
                folder.resolve("n.yaml"),
                "store: {url: '" + store + "'" + replicas + "}\naudits: {usage: {period: day}, " + audits + "}\n");
        return run("audit", "run", "--store", store, "--config", file.toString());
    }

    private static Ledger open(String store) {
        return Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system());
    }

    private InstanceVersion version(String id, Instant since, String state, @Nullable Instant ended) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("state", state);
        fields.put("tenant_id", "project");
        fields.put("memory_mb", 512);
        return new InstanceVersion(id, since, since, HOST, launched, ended, fields);
    }

    /** Two instances that live when all is known up to a moment before the end of the day. */
    private String ledger(String name) {
        String store = newDatabase(name);
        try (Ledger ledger = open(store)) {
            ledger.inventoryDesk()
                    .put(List.of(
                            version("stays", launched, "active", null), version("ends", launched, "active", null)));
            assertThat(ledger.inventoryDesk().complete("nova", day.begin(), end.minusSeconds(10)))
                    .isTrue();
        }
        return store;
    }

    /** One of them ends within the day, and then all is known of it. */
    private void completeTheDay(String store) {
        try (Ledger ledger = open(store)) {
            Instant ended = end.minusSeconds(5);
            ledger.inventoryDesk().put(List.of(version("ends", ended, "deleted", ended)));
            assertThat(ledger.inventoryDesk().complete("nova", end.minusSeconds(10), end.plusSeconds(120)))
                    .isTrue();
        }
    }

    private static String told(String store) {
        return run("query", "events", "--format", "jsonl", "--store", store).out()
                + run("query", "samples", "--format", "jsonl", "--store", store).out();
    }

    private static String sources(String store) {
        return run("audit", "list", "--format", "jsonl", "--store", store).out();
    }

    private void awaitDone(String store, String slave, String audits) throws IOException {
        long start = System.nanoTime();
        Run run = audit(store, slave, audits);
        while (run.exit() != 0) {
            assertThat(System.nanoTime() - start).as(run.out() + run.err()).isLessThan(LIMIT.toNanos());
            run = audit(store, slave, audits);
        }
    }

    private @Nullable Instant endOnTheReplica(String slave) {
        try (LedgerView view =
                Ledgers.openReadOnly(StoreUrl.parse(slave), LedgerOptions.DEFAULTS, WallClock.system())) {
            return view.inventory().window("nova", day, HostShare.of(HOST)).instances().stream()
                    .filter(instance -> instance.id().equals("ends"))
                    .findFirst()
                    .orElseThrow()
                    .terminated();
        }
    }

    @Test
    void anAuditByTheReplicaTellsTheSameAsOneByThePrimary() throws IOException {
        String with = ledger("audited_with");
        String without = ledger("audited_without");
        completeTheDay(with);
        completeTheDay(without);
        awaitDone(with, onReplica("audited_with"), "fallback: skip");
        assertThat(audit(without, null, "fallback: skip").exit()).isZero();
        assertThat(told(with)).isEqualTo(told(without)).contains("compute.instance.exists", "deleted");
        assertThat(sources(with)).contains("\"source\":\"replica ").doesNotContain("\"primary\"");
        assertThat(sources(without)).contains("\"source\":\"primary\"").doesNotContain("replica");
        String kept = ledger("audited_kept");
        completeTheDay(kept);
        assertThat(audit(kept, onReplica("audited_kept"), "read: primary").exit())
                .isZero();
        assertThat(sources(kept)).contains("\"source\":\"primary\"").doesNotContain("replica");
    }

    @Test
    void aFrozenReplicaWouldHaveToldAnEndedInstanceAlive_soNothingIsTold_untilItGoesOn() throws IOException {
        String store = ledger("frozen");
        String slave = onReplica("frozen");
        String other = ledger("frozen_other");
        awaitOnTheReplica("frozen_other");
        pause();
        try {
            completeTheDay(store);
            completeTheDay(other);
            assertThat(endOnTheReplica(slave)).as("what it would have told").isNull();
            Run held = audit(store, slave, "fallback: stale");
            assertThat(held.exit()).isEqualTo(1);
            assertThat(held.err())
                    .contains("complete up to " + end.minusSeconds(10) + " (replica ", "stale", "needed is");
            Run skipped = audit(store, slave, "fallback: skip");
            assertThat(skipped.exit()).isEqualTo(1);
            assertThat(skipped.err()).contains("nothing was read");
            assertThat(told(store)).isEmpty();
            // The primary knows the end, if it may be asked.
            assertThat(audit(other, onReplica("frozen_other"), "fallback: primary")
                            .exit())
                    .isZero();
            assertThat(sources(other)).contains("\"source\":\"primary\"");
        } finally {
            resume();
        }
        awaitDone(store, slave, "fallback: skip");
        assertThat(sources(store)).contains("\"source\":\"replica ");
        assertThat(endOnTheReplica(slave)).isEqualTo(end.minusSeconds(5));
        assertThat(told(store)).isEqualTo(told(other)).contains("deleted");
    }

    private static void again(String store) {
        try (Ledger ledger = open(store)) {
            ledger.audits()
                    .runs(run -> assertThat(ledger.audits().again(run.key())).isTrue());
        }
    }

    /** A busy machine may not know the reason yet when it asks. */
    private void assertPutOffOrByThePrimary(String store, String slave, String reason) throws IOException {
        Run skipped = audit(store, slave, "fallback: skip");
        assertThat(skipped.exit()).as(reason).isEqualTo(1);
        assertThat(skipped.err()).contains("nothing was read").containsAnyOf(reason, "not_proven");
        for (String fallback : List.of("stale", "primary")) {
            assertThat(audit(store, slave, "fallback: " + fallback).exit()).isZero();
            assertThat(sources(store)).contains("\"source\":\"primary\"").doesNotContain("replica");
            again(store);
        }
    }

    @Test
    void withAReplicaThatIsNoHelp_anAuditIsPutOffOrByThePrimary_asConfigured() throws IOException {
        String store = ledger("no_help");
        completeTheDay(store);
        String slave = onReplica("no_help");
        assertThat(ledger("no_help_other"))
                .as("another ledger of the same servers")
                .isNotEqualTo(store);
        awaitOnTheReplica("no_help_other");
        String other = onReplica("no_help_other");
        assertPutOffOrByThePrimary(store, slave.replaceFirst("127.0.0.1:[0-9]+", "127.0.0.1:1"), "replica_down");
        assertPutOffOrByThePrimary(store, store.replace("127.0.0.1", "localhost"), "replica_promoted");
        assertPutOffOrByThePrimary(store, other, "replica_broken");
        hangs(true);
        try {
            assertPutOffOrByThePrimary(store, slave, "replica_down");
        } finally {
            hangs(false);
        }
    }

    private MeasuredHour measured(String name) throws IOException, ConfigException {
        MeasuredHour hour = new MeasuredHour(folder, newDatabase(name), onReplica(name));
        hour.measured(0, 40);
        hour.awaitReplica();
        return hour;
    }

    /** What is counted is final, so a reading that the replica lacks would be of no hour, or of the wrong one. */
    @Test
    void aFrozenReplicaWouldHaveCountedLess_soBandwidthIsPutOffOrCountedByThePrimary() throws Exception {
        try (MeasuredHour skipped = measured("measured_skip");
                MeasuredHour stale = measured("measured_stale");
                MeasuredHour taken = measured("measured_primary")) {
            List<MeasuredHour> all = List.of(skipped, stale, taken);
            pause();
            try {
                all.forEach(hour -> hour.measured(45, 55));
                all.forEach(MeasuredHour::settled);
                assertThat(skipped.readingsOnTheReplica()).isEqualTo(9);
                assertThat(skipped.audit("skip")).startsWith("nothing was read: ");
                assertThat(stale.audit("stale")).startsWith("nothing was read: ");
                assertThat(skipped.told()).isEmpty();
                assertThat(stale.told()).isEmpty();
                assertThat(taken.audit("primary")).isEmpty();
                assertThat(taken.sources()).isNotEmpty().containsOnly("primary");
                assertThat(taken.told()).contains("bandwidth.incoming.bytes 550", "bandwidth.outgoing.bytes 1100");
            } finally {
                resume();
            }
            for (MeasuredHour hour : List.of(skipped, stale)) {
                hour.awaitAudit();
                assertThat(hour.told()).isEqualTo(taken.told());
                assertThat(hour.sources()).isNotEmpty().allMatch(source -> source.startsWith("replica "));
            }
        }
    }

    private AuditedHour hour(String name, boolean routed) throws IOException, ConfigException {
        return AuditedHour.in(folder, newDatabase(name), routed ? onReplica(name) : null);
    }

    private void assertReadOfTheReplica(AuditedHour hour) {
        assertThat(hour.routes()).hasSizeGreaterThan(5).allSatisfy(route -> {
            assertThat(route.target()).isEqualTo(ReadRoute.Target.REPLICA);
            assertThat(route.identity()).contains(replica());
        });
        assertThat(hour.sources()).isNotEmpty().allMatch(source -> source.startsWith("replica "));
    }

    /** By a replica that stands still each is another: so it was the replica that answered, in what each is made of. */
    @Test
    void everyAudit_tellsTheSameWithAReplicaAsWithoutOne_andWhatIsOldByOneThatStandsStill() throws Exception {
        try (AuditedHour with = hour("hour_with", true);
                AuditedHour frozen = hour("hour_frozen", true);
                AuditedHour without = hour("hour_without", false)) {
            with.goOn();
            without.goOn();
            with.awaitReplica();
            pause();
            try {
                frozen.goOn();
                frozen.audit();
            } finally {
                resume();
            }
            with.audit();
            without.audit();
            assertReadOfTheReplica(with);
            assertReadOfTheReplica(frozen);
            assertThat(without.sources()).containsOnly("primary");
            assertThat(with.told()).isEqualTo(without.told());
            assertThat(with.cleanups()).isEqualTo(without.cleanups()).isNotEmpty();
            for (String type : AuditedHour.TYPES) {
                assertThat(without.events(type)).as(type).isNotEmpty();
                assertThat(frozen.events(type)).as(type).isNotEmpty().isNotEqualTo(without.events(type));
            }
        }
    }

    @Test
    void eachAuditReadsWhereItsOwnSectionSays() throws Exception {
        String name = "hour_in_part";
        try (AuditedHour hour = AuditedHour.inPart(folder, newDatabase(name), onReplica(name))) {
            hour.audit();
            Set<String> replica = Set.of("replica");
            Set<String> primary = Set.of("primary");
            assertThat(hour.sourcesByTask())
                    .isEqualTo(Map.of(
                            "instance_usage_audit", replica,
                            "poll_bandwidth_usage", primary,
                            "poll_volume_usage", replica,
                            "update_available_resource", primary,
                            "run_pending_deletes", replica));
        }
    }

    /** What the primary has of a ledger has come to the replica. */
    private void awaitOnTheReplica(String name) {
        String[] question = {"audit", "list", "--store", onReplica(name)};
        long start = System.nanoTime();
        while (run(question).exit() != 0 || lacksTheMark(onReplica(name))) {
            assertThat(System.nanoTime() - start).isLessThan(LIMIT.toNanos());
        }
    }

    private static boolean lacksTheMark(String slave) {
        try (LedgerView view =
                Ledgers.openReadOnly(StoreUrl.parse(slave), LedgerOptions.DEFAULTS, WallClock.system())) {
            return view.inventory().mark("nova").isEmpty();
        }
    }
}
