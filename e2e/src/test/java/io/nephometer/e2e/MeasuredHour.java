// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.StoreRouting;
import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
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
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ledger with the traffic of a guest in an hour that just went by. What is committed before {@link #settled} had come when the hour is to be
 * counted, and audits believe that this is now: so they count only of a server that lacks none of it, by the real clock of the primary.
 */
final class MeasuredHour implements AutoCloseable {
    private static final Definitions SHIPPED = Definitions.shipped(DefinitionOptions.DEFAULTS);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** So long after what was committed last the hour is counted. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private static final List<Integer> ALL =
            IntStream.range(0, HostShare.COUNT).boxed().toList();
    private static final String CONFIG = """
            store: {url: '<url>', slave_connection: ['<slave>'], max_staleness: 1d, probe_interval: 100ms}
            audits:
              fallback: <fallback>
              settle: <settle>s
              usage: {enabled: false}
              bandwidth: {enabled: true, period: hour, catch_up: 3h}
            """;

    private final Path folder;
    private final String url;
    private final String slave;
    private final Instant end;
    private final Ledger ledger;
    private final ReplicaRouter<LedgerView> router;
    private Duration settle = SHORTEST;

    /**
     * One of which nothing was measured yet, in an empty database.
     *
     * @param slave the same database on a replica
     */
    MeasuredHour(Path folder, String url, String slave) throws IOException, ConfigException {
        this.folder = folder;
        this.url = url;
        this.slave = slave;
        this.end = WallClock.system().instant().plus(AFTERWARDS).truncatedTo(ChronoUnit.HOURS);
        this.ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system());
        this.router = StoreRouting.parts(configuration("skip").store(), () -> ledger, WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
    }

    private Configuration configuration(String fallback) throws IOException, ConfigException {
        String text = CONFIG.replace("<url>", url)
                .replace("<slave>", slave)
                .replace("<fallback>", fallback)
                .replace("<settle>", String.valueOf(settle.toSeconds()));
        return ConfigurationFile.read(Files.writeString(folder.resolve("measured.yaml"), text))
                .value();
    }

    /** Commits what was measured each five minutes, from a minute of the hour to another: ten bytes a minute. */
    void measured(int from, int to) {
        List<Processed> messages = IntStream.iterate(from, minute -> minute <= to, minute -> minute + 5)
                .mapToObj(this::measured)
                .toList();
        assertThat(ledger.commit(new LedgerBatch("test", messages))).isInstanceOf(CommitOutcome.Committed.class);
    }

    private Processed measured(int minute) {
        Slot slot = new Slot("compute", INTERVAL, end.minus(Duration.ofMinutes(60L - minute)));
        Map<String, Object> port =
                Map.of("instance_id", "i-1", "instance_host", "h1", "mac", "fa:16:3e:00:00:01", "name", "tap1");
        List<Sample> samples = List.of(
                sample(slot, "network.incoming.bytes", 1_000 + 10L * minute, port),
                sample(slot, "network.outgoing.bytes", 1_000 + 20L * minute, port));
        MessageId id = new MessageId("m-" + minute);
        RawMessage raw = RawMessage.ofBody(Bytes.utf8(id.text()));
        SlotPart part = new SlotPart(slot, "h1", slot.start().plusSeconds(1), 1, 1, List.of());
        return new Processed.Measured(raw, id, BodyHash.of(raw.body().unsafeArray()), part, samples);
    }

    private static Sample sample(Slot slot, String meter, long value, Map<String, Object> facts) {
        return new Sample(
                new Sample.Origin.Slotted(slot),
                new Meter(meter, MeterType.CUMULATIVE, "B"),
                value,
                "i-1-tap1",
                "p-1",
                "u-1",
                slot.start(),
                facts);
    }

    /** What was committed until now has come to the replica. */
    void awaitReplica() {
        CaughtUp.await(router);
    }

    /** What was committed until now had come when the hour is to be counted; not a moment more need have. */
    void settled() {
        Duration since = Duration.between(end, WallClock.system().instant().plus(AFTERWARDS));
        settle = since.compareTo(SHORTEST) < 0 ? SHORTEST : Duration.ofSeconds(since.toSeconds() + 1);
    }

    /** How many readings the replica has of the hour. */
    long readingsOnTheReplica() {
        long[] readings = new long[1];
        try (LedgerView view =
                Ledgers.openReadOnly(StoreUrl.parse(slave), LedgerOptions.DEFAULTS, WallClock.system())) {
            view.reader().samples(LedgerQuery.ALL.withMeter("network.incoming.bytes"), _ -> readings[0]++);
        }
        return readings[0];
    }

    /**
     * Counts all bandwidth that is due.
     *
     * @param fallback what to do if the replica cannot answer
     * @return why something could not be counted; empty if all was
     */
    String audit(String fallback) throws IOException, ConfigException, AuditException {
        Configuration configuration = configuration(fallback);
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(1 << 20, TimeWindow.unlimited(Instant::now)), () -> SHIPPED, _ -> {});
        AuditRounds bandwidth = Audits.over(
                        LedgerAt.of(ledger, end.plus(settle)),
                        Optional.empty(),
                        router,
                        configuration.store(),
                        processor,
                        Objects.requireNonNull(configuration.audits()),
                        "test")
                .stream()
                .filter(one -> one.task().equals("poll_bandwidth_usage"))
                .findFirst()
                .orElseThrow();
        AuditRounds.Report report;
        do {
            report = bandwidth.run(ALL);
        } while (report.more());
        return Objects.requireNonNullElse(report.why(), "");
    }

    /** The same by the replica alone, when that lacks nothing any more. */
    void awaitAudit() throws IOException, ConfigException, AuditException {
        long start = System.nanoTime();
        String why = audit("skip");
        while (!why.isEmpty()) {
            assertThat(System.nanoTime() - start).as(why).isLessThan(LIMIT.toNanos());
            why = audit("skip");
        }
    }

    /** What was told and metered of the guest's bandwidth. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        ledger.reader()
                .events(
                        LedgerQuery.ALL.withType("bandwidth.usage"),
                        event -> told.add(event.generated() + " " + event.id().text() + " " + event.traits()));
        ledger.reader()
                .samples(
                        LedgerQuery.ALL.withMeter("bandwidth.*"),
                        sample -> told.add(sample.meter().name() + " " + sample.volume()));
        return told;
    }

    /** Which server each audit of the hour is said to have read. */
    List<String> sources() {
        List<String> sources = new ArrayList<>();
        ledger.audits().runs(run -> {
            if (run.key().period().end().equals(end)) {
                sources.add(run.source());
            }
        });
        return sources;
    }

    @Override
    public void close() {
        router.close();
        ledger.close();
    }
}
