// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.app.StoreRouting;
import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
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
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger with an hour of a small cloud: two hosts that are measured, instances that live and such as were deleted, and with the clock eleven
 * minutes after it. All five audits are due.
 */
final class AuditedHour implements AutoCloseable {
    private static final Definitions SHIPPED = Definitions.shipped(DefinitionOptions.DEFAULTS);
    private static final Instant END = Instant.parse("2025-11-28T11:00:00Z");
    private static final Instant BEGIN = END.minus(Duration.ofHours(1));
    private static final Instant NOW = END.plusSeconds(660);
    private static final Instant LONG_AGO = END.minus(Duration.ofDays(8));
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final List<Integer> ALL =
            IntStream.range(0, HostShare.COUNT).boxed().toList();

    /** Audits of which shares are of hosts; those of the others are of instances. */
    private static final Set<String> HOSTS = Set.of("update_available_resource", "run_pending_deletes");

    /** Those that these hosts are of; the others would be audited, too, and tell of nobody. */
    private static final List<Integer> SHARES =
            Stream.of("h1", "h2", "h3").map(HostShare::of).distinct().toList();

    /** What the five audits tell. */
    static final List<String> TYPES = List.of(
            "compute.instance.exists",
            "bandwidth.usage",
            "volume.usage",
            "compute.metrics.update",
            "pending_delete.given_up");

    private static final String CONFIG = """
            store: {url: '<url>'<replicas>, max_staleness: 1d, probe_interval: 100ms}
            audits:
              fallback: skip
              max_staleness: 1d
              usage: {period: hour}
              bandwidth: {enabled: true, period: hour}
              volumes: {enabled: true, period: hour}
              hosts: {enabled: true, catch_up: 10m}
              pending_deletes: {enabled: true, max_attempts: 1, keep: 1d, reclaim: 1h}
            """;

    private final String url;
    private final Configuration configuration;
    private final Ledger ledger;
    private final List<ReadRoute> routes = Collections.synchronizedList(new ArrayList<>());
    private final @Nullable ReplicaRouter<LedgerView> router;

    private AuditedHour(String url, boolean routed, Configuration configuration) {
        this.url = url;
        this.configuration = configuration;
        this.ledger = LedgerAt.of(Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, () -> NOW), NOW);
        RouterObserver observer = new RouterObserver() {
            @Override
            public void routed(ReadRoute route) {
                routes.add(route);
            }
        };
        this.router = routed
                ? StoreRouting.parts(configuration.store(), () -> ledger, WallClock.system())
                        .router(WallClock.system(), Ticker.system(), observer)
                : null;
    }

    /**
     * Fills an empty database.
     *
     * @param slave the same database on a replica, which then answers what audits read; null: none
     */
    static AuditedHour in(Path folder, String url, @Nullable String slave) throws IOException, ConfigException {
        return in(folder, url, slave, CONFIG);
    }

    /** The same; the audits of bandwidth and of hosts read the primary. */
    static AuditedHour inPart(Path folder, String url, String slave) throws IOException, ConfigException {
        String config = CONFIG.replace("bandwidth: {", "bandwidth: {read: primary, ")
                .replace("hosts: {", "hosts: {read: primary, ");
        return in(folder, url, slave, config);
    }

    private static AuditedHour in(Path folder, String url, @Nullable String slave, String config)
            throws IOException, ConfigException {
        String replicas = slave == null ? "" : ", slave_connection: ['" + slave + "']";
        Path file = Files.writeString(
                folder.resolve("hour.yaml"), config.replace("<url>", url).replace("<replicas>", replicas));
        AuditedHour hour =
                new AuditedHour(url, slave != null, ConfigurationFile.read(file).value());
        hour.fill();
        hour.awaitReplica();
        return hour;
    }

    private void fill() {
        ledger.inventoryDesk()
                .put(List.of(
                        instance("i-1", "h1", "active", LONG_AGO, null),
                        instance("i-2", "h2", "active", LONG_AGO, null),
                        instance("gone", "h1", "deleted", END.minus(Duration.ofDays(3)), END.minus(Duration.ofDays(3))),
                        instance("runs", "h2", "deleted", END.minus(Duration.ofDays(3)), END.minus(Duration.ofDays(3))),
                        instance("soft", "h1", "soft-delete", BEGIN.minus(Duration.ofHours(2)), null)));
        ledger.inventoryDesk().putAssets(List.of(host("h1"), host("h2")));
        for (String source : List.of("nova", "nova/host", "nova/flavor", "cinder/volume", "cinder/attachment")) {
            assertThat(ledger.inventoryDesk().complete(source, BEGIN, NOW)).isTrue();
        }
        Instant before = END.minus(Duration.ofDays(3));
        ledger.counts()
                .count(
                        "poll_bandwidth_usage",
                        new Period(before, before.plusSeconds(3600)),
                        List.of(new UsageStep("gone/m", 0, null, Map.of(), Map.of())));
        commit("h1", "i-1", List.of("i-1"));
        commit("h2", "i-2", List.of("i-2", "runs"));
    }

    /** What is committed late: a host more with an instance, all that was measured there, and one more that is deleted softly. */
    void goOn() {
        ledger.inventoryDesk()
                .put(List.of(
                        instance("i-3", "h3", "active", BEGIN, null),
                        instance("late", "h2", "soft-delete", BEGIN.minus(Duration.ofHours(2)), null)));
        commit("h3", "i-3", List.of("i-3"));
    }

    private static InstanceVersion instance(
            String id, String host, String state, Instant since, @Nullable Instant ended) {
        Map<String, @Nullable Object> fields =
                Map.of("state", state, "vcpus", 2L, "memory_mb", 512L, "root_gb", 1L, "ephemeral_gb", 0L);
        return new InstanceVersion(id, since, since, host, LONG_AGO, ended, fields);
    }

    private static AssetVersion host(String host) {
        Map<String, @Nullable Object> fields =
                Map.of("nodename", host, "vcpus", 16L, "memory_mb", 64_000L, "local_gb", 500L);
        return new AssetVersion(
                AssetKind.HOST, AssetVersion.hostId(host, host), LONG_AGO, END, host, null, null, fields);
    }

    /** What an agent measured in the hour and after it; somewhere an instance runs that was deleted. */
    private void commit(String host, String instance, List<String> running) {
        List<Processed> messages = IntStream.iterate(0, minute -> minute <= 65, minute -> minute + 5)
                .mapToObj(minute -> measured(minute, host, instance, 1_000 + 10L * minute, running))
                .toList();
        assertThat(ledger.commit(new LedgerBatch("test", messages))).isInstanceOf(CommitOutcome.Committed.class);
    }

    private static Processed measured(int minute, String host, String instance, long value, List<String> running) {
        Slot slot = new Slot("compute", INTERVAL, BEGIN.plus(Duration.ofMinutes(minute)));
        Map<String, Object> about = Map.of("instance_id", instance, "instance_host", host);
        Map<String, Object> port =
                Map.of("instance_id", instance, "instance_host", host, "mac", "fa:16:3e:00:00:01", "name", "tap1");
        Map<String, Object> disk = Map.of(
                "instance_id",
                instance,
                "instance_host",
                host,
                "disk_name",
                "vdb",
                "volume_id",
                "0c6f1a52-6f0e-4c39-9d52-6a1c0c8f6a11");
        List<Sample> samples = new ArrayList<>(List.of(
                sample(slot, "network.incoming.bytes", value, instance + "-tap1", port),
                sample(slot, "network.outgoing.bytes", 2 * value, instance + "-tap1", port),
                sample(slot, "disk.device.read.bytes", value / 2, instance + "-vdb", disk)));
        for (String one : List.of("user", "kernel", "idle", "iowait")) {
            Map<String, Object> node = Map.of("host", host, "nodename", host);
            samples.add(sample(slot, "host.cpu." + one + ".time", value, host, node));
        }
        for (String one : running) {
            Map<String, Object> guest =
                    one.equals(instance) ? about : Map.of("instance_id", one, "instance_host", host);
            samples.add(sample(slot, "cpu", value, one, guest));
        }
        MessageId id = new MessageId("m-" + host + "-" + minute);
        RawMessage raw = RawMessage.ofBody(Bytes.utf8(id.text()));
        SlotPart part = new SlotPart(slot, host, slot.start().plusSeconds(1), 1, 1, List.of());
        return new Processed.Measured(raw, id, BodyHash.of(raw.body().unsafeArray()), part, samples);
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
                facts);
    }

    /** What was committed until now has come to the replica. */
    void awaitReplica() {
        if (router == null) {
            return;
        }
        CaughtUp.await(router);
        routes.clear();
    }

    /** Does all audits that are due. */
    void audit() throws AuditException {
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(1 << 20, TimeWindow.unlimited(Instant::now)), () -> SHIPPED, _ -> {});
        List<AuditRounds> rounds = router == null
                ? Audits.over(ledger, processor, Objects.requireNonNull(configuration.audits()), "test")
                : Audits.over(
                        ledger,
                        Optional.empty(),
                        router,
                        configuration.store(),
                        processor,
                        Objects.requireNonNull(configuration.audits()),
                        "test");
        assertThat(rounds).hasSize(5);
        for (AuditRounds one : rounds) {
            AuditRounds.Report report;
            do {
                report = one.run(HOSTS.contains(one.task()) ? SHARES : ALL);
                assertThat(report.why()).as(one.task()).isNull();
            } while (report.more());
        }
    }

    /** Where what was read was read, since the beginning of the audits. */
    List<ReadRoute> routes() {
        return List.copyOf(routes);
    }

    /** All events and samples, and how audits of pending deletes ended. */
    String told() {
        StringBuilder told = new StringBuilder(query("events")).append(query("samples"));
        ledger.audits().runs(run -> told.append(run.key())
                .append(' ')
                .append(run.state())
                .append(' ')
                .append(run.items())
                .append(' ')
                .append(run.message())
                .append('\n'));
        return told.toString();
    }

    /** What is left of deleted instances, and what is not any more. */
    List<String> cleanups() {
        return ledger.cleanups().entries().stream()
                .map(entry -> entry.target() + " " + entry.attempts() + " " + entry.lastTried() + " " + entry.settled()
                        + " " + entry.givenUp() + " " + entry.detail())
                .toList();
    }

    /** The events that one of the audits tells, with what is in them. */
    List<String> events(String type) {
        List<String> events = new ArrayList<>();
        ledger.reader()
                .events(
                        LedgerQuery.ALL.withType(type),
                        event -> events.add(event.generated() + " " + event.id().text() + " " + event.traits()));
        ledger.reader().samples(LedgerQuery.ALL, sample -> {
            if (sample.origin() instanceof Sample.Origin.Derived(MessageId message, int _)
                    && events.stream().anyMatch(event -> event.contains(message.text()))) {
                events.add(sample.meter().name() + " " + sample.resourceId() + " " + sample.volume());
            }
        });
        return events;
    }

    private String query(String what) {
        StringWriter out = new StringWriter();
        int exit = Main.run(
                new PrintWriter(out), new PrintWriter(out), "query", what, "--format", "jsonl", "--store", url);
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }

    /** Which server each audit is said to have read. */
    List<String> sources() {
        List<String> sources = new ArrayList<>();
        ledger.audits().runs(run -> sources.add(run.source()));
        return sources;
    }

    /** The same, by audit: the first word of it. */
    Map<String, Set<String>> sourcesByTask() {
        Map<String, Set<String>> sources = new TreeMap<>();
        ledger.audits().runs(run -> sources.computeIfAbsent(run.key().task(), _ -> new TreeSet<>())
                .add(run.source().replaceFirst(" .*", "")));
        return sources;
    }

    @Override
    public void close() {
        if (router != null) {
            router.close();
        }
        ledger.close();
    }
}
