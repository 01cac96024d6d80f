// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.config.AuditInventory;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CountingAuditConfig;
import io.nephometer.app.config.HostAuditConfig;
import io.nephometer.app.config.PendingDeleteConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.app.config.UsageAuditConfig;
import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Period;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.UsageStep;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CleanupDesk;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at every few minutes, over a real ledger: hosts, and what is left of deleted instances. */
@Timeout(120)
class TickAuditsTest {
    private static final Instant T = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration TICK = Duration.ofMinutes(5);
    private static final CountingAuditConfig OFF =
            new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofHours(2));
    private static final AuditsConfig CONFIG = new AuditsConfig(
            null,
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Duration.ZERO,
            AuditInventory.OWN,
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            ReadFrom.PRIMARY,
            null,
            null,
            new UsageAuditConfig(false, "hour", Duration.ofMinutes(1), Duration.ofDays(2)),
            OFF,
            OFF,
            new HostAuditConfig(true, TICK, Duration.ofMinutes(10)),
            new PendingDeleteConfig(true, TICK, 2, Duration.ofDays(1), Duration.ofHours(1)));

    @TempDir
    private Path folder;

    private final NotificationProcessor processor = processor();
    private Instant now = T.plusSeconds(90);
    private Ledger ledger;
    private int messages;

    private static NotificationProcessor processor() {
        Definitions shipped = Definitions.shipped(DefinitionOptions.DEFAULTS);
        return new NotificationProcessor(
                new NotificationDecoder(1 << 20, TimeWindow.unlimited(Instant::now)), () -> shipped, _ -> {});
    }

    @BeforeEach
    void open() {
        ledger = Ledgers.open(
                StoreUrl.parse("sqlite:" + folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, () -> now);
        complete();
    }

    /** The inventory is, up to now. */
    private void complete() {
        for (String source : List.of("nova", "nova/host")) {
            ledger.inventoryDesk().complete(source, T.minus(Duration.ofDays(9)), now);
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void instance(String id, String state, Instant since, @Nullable Instant ended) {
        ledger.inventoryDesk()
                .put(List.of(new InstanceVersion(
                        id,
                        since,
                        since,
                        "h1",
                        T.minus(Duration.ofDays(8)),
                        ended,
                        Map.of("state", state, "vcpus", 2L, "memory_mb", 512L, "root_gb", 1L, "ephemeral_gb", 0L))));
    }

    private void measured(Instant at, String meter, long value, Map<String, Object> facts) {
        Slot slot = new Slot("compute", TICK, at);
        Sample sample = new Sample(
                new Sample.Origin.Slotted(slot),
                new Meter(meter, MeterType.CUMULATIVE, "ns"),
                value,
                "r-" + facts,
                "p",
                "u",
                at,
                Map.copyOf(facts));
        MessageId id = new MessageId("m-" + messages++);
        RawMessage raw = RawMessage.ofBody(Bytes.utf8(id.text()));
        SlotPart part = new SlotPart(slot, "h1", at.plusSeconds(1), 1, 1, List.of());
        ledger.commit(new LedgerBatch(
                "test",
                List.of(new Processed.Measured(
                        raw, id, BodyHash.of(raw.body().unsafeArray()), part, List.of(sample)))));
    }

    private void audit() throws AuditException {
        for (AuditRounds rounds : Audits.over(ledger, processor, CONFIG, "test")) {
            AuditRounds.Report report;
            do {
                report = rounds.run(IntStream.range(0, HostShare.COUNT).boxed().toList());
                assertThat(report.why()).isNull();
            } while (report.more());
        }
    }

    private Set<String> samples(String meters) {
        Set<String> samples = new TreeSet<>();
        ledger.reader()
                .samples(
                        LedgerQuery.ALL.withMeter(meters),
                        sample -> samples.add(sample.meter().name() + " " + sample.resourceId() + " " + sample.volume()
                                + " " + sample.meter().unit()));
        return samples;
    }

    private List<String> events(String type) {
        List<String> events = new ArrayList<>();
        ledger.reader()
                .events(
                        LedgerQuery.ALL.withType(type),
                        event -> events.add(event.generated() + " " + event.id().text()));
        return events;
    }

    @Test
    void hostsBecomeSamplesOfComputeNodes_onceForEachTick() throws AuditException {
        ledger.inventoryDesk()
                .putAssets(List.of(new AssetVersion(
                        AssetKind.HOST,
                        AssetVersion.hostId("h1", "n1"),
                        T.minusSeconds(3600),
                        T,
                        "h1",
                        null,
                        null,
                        Map.of("nodename", "n1", "vcpus", 16L, "memory_mb", 64_000L, "local_gb", 500L))));
        instance("i-1", "active", T.minus(Duration.ofDays(8)), null);
        Map<String, Object> host = Map.of("host", "h1", "nodename", "n1");
        for (String meter : List.of("user", "kernel", "idle", "iowait")) {
            measured(T.minusSeconds(600), "host.cpu." + meter + ".time", 1_000, host);
            measured(T.minusSeconds(300), "host.cpu." + meter + ".time", 2_000, host);
        }
        audit();
        List<String> told = events("compute.metrics.update");
        assertThat(told).as("that of now, and the one before").hasSize(2);
        assertThat(samples("compute.node.*"))
                .contains(
                        "compute.node.vcpus h1_n1 16 vcpu",
                        "compute.node.vcpus.used h1_n1 2 vcpu",
                        "compute.node.memory.used h1_n1 512 MiB",
                        "compute.node.instances h1_n1 1 instance",
                        "compute.node.cpu.user.time h1_n1 2000 ns",
                        "compute.node.cpu.idle.percent h1_n1 25.0 percent",
                        "compute.node.cpu.percent h1_n1 75.0 percent");
        ledger.audits().runs(run -> assertThat(ledger.audits().again(run.key())).isTrue());
        audit();
        assertThat(events("compute.metrics.update")).isEqualTo(told);
        now = now.plus(TICK);
        complete();
        audit();
        assertThat(events("compute.metrics.update")).hasSize(3);
    }

    @Test
    void whatIsLeftOfDeletedInstancesIsRemoved_andWhatIsNovasIsTold() throws AuditException {
        Instant ended = T.minus(Duration.ofDays(3));
        instance("gone", "deleted", ended, ended);
        instance("runs", "deleted", ended, ended);
        instance("soft", "soft-delete", T.minus(Duration.ofHours(2)), null);
        Period hour = new Period(ended, ended.plusSeconds(3600));
        ledger.counts()
                .count(
                        "poll_bandwidth_usage",
                        hour,
                        List.of(
                                new UsageStep("gone/m", 0, null, Map.of(), Map.of()),
                                new UsageStep("runs/m", 0, null, Map.of(), Map.of())));
        for (int tick = 0; tick < 4; tick++) {
            measured(
                    T.plus(TICK.multipliedBy(tick - 1)),
                    "cpu",
                    tick,
                    Map.of("instance_id", "runs", "instance_host", "h1"));
            audit();
            now = now.plus(TICK);
            complete();
        }
        assertThat(ledger.cleanups().staleCarries(T))
                .extracting(CleanupDesk.Carry::subject)
                .containsExactly("runs/m");
        assertThat(events("pending_delete.given_up")).hasSize(2);
        assertThat(ledger.cleanups().entries())
                .filteredOn(entry -> entry.givenUp() != null)
                .extracting(entry -> entry.target().instance() + " " + entry.attempts())
                .containsExactlyInAnyOrder("runs 2", "soft 2");
        assertThat(ledger.inventory()
                        .window("nova", new Period(T, T.plusSeconds(1)), HostShare.of("h1"))
                        .instances())
                .extracting(InstanceVersion::id)
                .containsExactly("soft");
    }
}
