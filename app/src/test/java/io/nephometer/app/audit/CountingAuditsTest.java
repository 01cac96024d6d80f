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
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Event;
import io.nephometer.model.HostShare;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What agents measured, in a real ledger, becomes events and samples of periods, once. */
@Timeout(120)
class CountingAuditsTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant END = START.plusSeconds(3600);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final String VOLUME = "0c6f1a52-6f0e-4c39-9d52-6a1c0c8f6a11";
    private static final CountingAuditConfig COUNTING =
            new CountingAuditConfig(true, "hour", Duration.ofMinutes(20), Duration.ofHours(1));
    private static final AuditsConfig CONFIG = new AuditsConfig(
            null,
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Duration.ofMinutes(10),
            AuditInventory.OWN,
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            ReadFrom.PRIMARY,
            null,
            null,
            new UsageAuditConfig(false, "hour", Duration.ofMinutes(1), Duration.ofDays(2)),
            COUNTING,
            COUNTING,
            new HostAuditConfig(false, Duration.ofMinutes(5), Duration.ofHours(1)),
            new PendingDeleteConfig(false, Duration.ofMinutes(5), 5, Duration.ofDays(7), null));
    private static final NotificationProcessor PROCESSOR = processor();

    @TempDir
    private Path folder;

    private Instant now = START;
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
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Sample sample(Slot slot, String meter, long value, String resource, Map<String, Object> facts) {
        return new Sample(
                new Sample.Origin.Slotted(slot),
                new Meter(meter, MeterType.CUMULATIVE, "B"),
                value,
                resource,
                "p-1",
                "u-1",
                slot.start(),
                Map.copyOf(facts));
    }

    /** A slot of a host with one instance: so much came in, twice as much went out, and half of it was read of a volume. */
    private void measured(int minute, String host, String instance, long value) {
        Slot slot = new Slot("compute", INTERVAL, START.plus(Duration.ofMinutes(minute)));
        Map<String, Object> about = Map.of("instance_id", instance, "instance_host", host, "display_name", "web");
        List<Sample> samples = new ArrayList<>();
        Map<String, Object> nic = new HashMap<>(about);
        nic.putAll(Map.of("mac", "fa:16:3e:00:00:01", "name", "tap1"));
        samples.add(sample(slot, "network.incoming.bytes", value, "n-" + instance, nic));
        samples.add(sample(slot, "network.outgoing.bytes", 2 * value, "n-" + instance, nic));
        Map<String, Object> disk = new HashMap<>(about);
        disk.putAll(Map.of("disk_name", "vdb", "volume_id", VOLUME));
        samples.add(sample(slot, "disk.device.read.bytes", value / 2, instance + "-vdb", disk));
        MessageId id = new MessageId("m-" + messages++);
        RawMessage raw = RawMessage.ofBody(Bytes.utf8(id.text()));
        SlotPart part = new SlotPart(slot, host, slot.start().plusSeconds(1), 1, 1, List.of());
        ledger.commit(new LedgerBatch(
                "test",
                List.of(new Processed.Measured(raw, id, BodyHash.of(raw.body().unsafeArray()), part, samples))));
    }

    private List<AuditRounds.Report> audit() throws AuditException {
        List<AuditRounds.Report> reports = new ArrayList<>();
        for (AuditRounds rounds : Audits.over(ledger, PROCESSOR, CONFIG, "test")) {
            reports.add(rounds.run(IntStream.range(0, HostShare.COUNT).boxed().toList()));
        }
        return reports;
    }

    private List<String> samples(String meter) {
        List<String> samples = new ArrayList<>();
        ledger.reader()
                .samples(
                        LedgerQuery.ALL.withMeter(meter),
                        sample -> samples.add(sample.timestamp() + " " + sample.resourceId() + " " + sample.projectId()
                                + " " + sample.volume() + " " + sample.meter().type()));
        return samples;
    }

    private List<Event> events(String type) {
        List<Event> events = new ArrayList<>();
        ledger.reader().events(LedgerQuery.ALL.withType(type), events::add);
        return events;
    }

    private void hour() {
        for (int minute = 0; minute < 60; minute += 5) {
            measured(minute, "h1", "i-1", 1_000 + 10L * minute);
            measured(minute, "h2", "i-2", 5_000 + 20L * minute);
        }
    }

    @Test
    void becomesEventsAndSamplesOfThePeriod() throws AuditException {
        hour();
        now = END.plus(Duration.ofMinutes(11));
        assertThat(audit()).allSatisfy(report -> {
            assertThat(report.done()).isEqualTo(HostShare.COUNT);
            assertThat(report.why()).isNull();
        });
        assertThat(events("bandwidth.usage")).hasSize(2).allSatisfy(event -> assertThat(event.generated())
                .isEqualTo(END));
        assertThat(events("bandwidth.usage"))
                .extracting(event -> AuditedCloud.text(event, "service"))
                .containsExactlyInAnyOrder("audit.h1", "audit.h2");
        assertThat(samples("bandwidth.incoming.bytes"))
                .containsExactlyInAnyOrder(
                        END + " i-1-fa:16:3e:00:00:01 p-1 550 DELTA", END + " i-2-fa:16:3e:00:00:01 p-1 1100 DELTA");
        assertThat(samples("bandwidth.outgoing.bytes"))
                .containsExactlyInAnyOrder(
                        END + " i-1-fa:16:3e:00:00:01 p-1 1100 DELTA", END + " i-2-fa:16:3e:00:00:01 p-1 2200 DELTA");
        assertThat(samples("volume.usage.read.bytes"))
                .containsExactlyInAnyOrder(
                        END + " i-1-" + VOLUME + " p-1 275 DELTA", END + " i-2-" + VOLUME + " p-1 550 DELTA");
        assertThat(events("volume.usage")).hasSize(2);
    }

    @Test
    void aRerunAddsNothing_andTheNextHourGoesOn() throws AuditException {
        hour();
        now = END.plus(Duration.ofMinutes(11));
        audit();
        ledger.audits()
                .runs("poll_bandwidth_usage", Instant.EPOCH)
                .forEach(run -> assertThat(ledger.audits().again(run.key())).isTrue());
        audit();
        assertThat(samples("bandwidth.incoming.bytes")).hasSize(2);
        assertThat(ledger.audits().runs("poll_bandwidth_usage", Instant.EPOCH))
                .hasSize(HostShare.COUNT)
                .allSatisfy(run -> assertThat(run.attempt()).isEqualTo(2));
        measured(60, "h1", "i-1", 2_000);
        measured(115, "h1", "i-1", 2_100);
        measured(115, "h2", "i-2", 6_100);
        now = END.plus(Duration.ofMinutes(71));
        audit();
        assertThat(samples("bandwidth.incoming.bytes"))
                .contains(
                        END.plusSeconds(3600) + " i-1-fa:16:3e:00:00:01 p-1 550 DELTA",
                        END.plusSeconds(3600) + " i-2-fa:16:3e:00:00:01 p-1 0 DELTA")
                .hasSize(4);
    }

    @Test
    void aHostThatHasNotDeliveredIsWaitedFor_andSaid() throws AuditException {
        hour();
        measured(0, "h3", "i-3", 10);
        measured(5, "h3", "i-3", 10);
        now = END.plus(Duration.ofMinutes(11));
        assertThat(audit().getFirst().why()).isEqualTo("nothing of the end of the period is there of h3 (compute)");
        assertThat(events("bandwidth.usage")).isEmpty();
        measured(55, "h3", "i-3", 30);
        assertThat(audit().getFirst().done()).isEqualTo(HostShare.COUNT);
        assertThat(samples("bandwidth.incoming.bytes"))
                .contains(END + " i-3-fa:16:3e:00:00:01 p-1 20 DELTA")
                .hasSize(3);
    }

    /** The bus is away from 10:30 on for two hours, and the instance ends meanwhile. */
    @Test
    void whatComesHoursLate_ofAnInstanceThatIsGoneByThen_isCountedWithTheNextHour() throws AuditException {
        for (int minute = 0; minute < 30; minute += 5) {
            measured(minute, "h1", "i-1", 1_000 + 10L * minute);
        }
        now = END.plus(Duration.ofMinutes(21));
        audit();
        now = END.plus(Duration.ofMinutes(81));
        audit();
        assertThat(samples("bandwidth.incoming.bytes")).containsExactly(END + " i-1-fa:16:3e:00:00:01 p-1 250 DELTA");
        now = END.plus(Duration.ofMinutes(85));
        for (int minute = 30; minute < 60; minute += 5) {
            measured(minute, "h1", "i-1", 1_000 + 10L * minute);
        }
        now = END.plus(Duration.ofMinutes(141));
        audit();
        assertThat(samples("bandwidth.incoming.bytes"))
                .containsExactly(
                        END + " i-1-fa:16:3e:00:00:01 p-1 250 DELTA",
                        END.plus(Duration.ofHours(2)) + " i-1-fa:16:3e:00:00:01 p-1 300 DELTA");
    }

    /** It had moved by then, and was counted on the other host. */
    @Test
    void whatComesTooLateToBeCountedIsSaid_once() throws AuditException {
        measured(0, "h1", "i-1", 1_000);
        measured(5, "h1", "i-1", 1_100);
        measured(20, "h2", "i-1", 10);
        measured(55, "h2", "i-1", 40);
        now = END.plus(Duration.ofMinutes(21));
        audit();
        now = END.plus(Duration.ofMinutes(30));
        measured(15, "h1", "i-1", 9_000);
        measured(60, "h2", "i-1", 50);
        measured(115, "h2", "i-1", 60);
        now = END.plus(Duration.ofMinutes(81));
        audit();
        measured(120, "h2", "i-1", 70);
        measured(175, "h2", "i-1", 80);
        now = END.plus(Duration.ofMinutes(141));
        audit();
        assertThat(samples("bandwidth.incoming.bytes"))
                .containsExactly(
                        END + " i-1-fa:16:3e:00:00:01 p-1 140 DELTA",
                        END.plus(Duration.ofHours(1)) + " i-1-fa:16:3e:00:00:01 p-1 20 DELTA",
                        END.plus(Duration.ofHours(2)) + " i-1-fa:16:3e:00:00:01 p-1 20 DELTA");
        assertThat(ledger.audits().runs("poll_bandwidth_usage", Instant.EPOCH))
                .filteredOn(run -> run.message().contains("came too late"))
                .hasSize(HostShare.COUNT)
                .allSatisfy(run -> {
                    assertThat(run.key().period().end()).isEqualTo(END.plus(Duration.ofHours(1)));
                    assertThat(run.message()).contains("of 1 instance: i-1");
                });
    }
}
