// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.Main;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.inventory.discovery.InstanceDiscovery;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.late.Found;
import io.nephometer.inventory.shared.late.LateInstances;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Teller;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.openstack.glance.Image;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import io.nephometer.sources.polling.compute.ComputeObserver;
import io.nephometer.sources.polling.compute.ComputeOptions;
import io.nephometer.sources.polling.compute.ComputePolling;
import io.nephometer.sources.polling.compute.InstanceFinder;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.PendingSamples;
import io.nephometer.store.ledger.StoreUrl;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same hypervisor of a simulated cloud, measured with metadata and without: the ledger must not show which it was. */
class LateMetadataTest {
    private static final String HOST = "compute-0001";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:42Z");
    private static final Instant SLOT = Instant.parse("2026-11-22T10:00:00Z");
    private static final UserMetadataRule RULE = new UserMetadataRule(List.of("metering."), List.of(), 256);
    private static final Definitions DEFINITIONS = Definitions.shipped(DefinitionOptions.DEFAULTS);

    @TempDir
    private Path folder;

    private final SharedCache cache = new InProcessSharedCache(() -> NOW);
    private final LateInstances instances = new LateInstances(cache, () -> 0);
    private final LateMetadata metadata = new LateMetadata(RULE);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Map<LateJoin.Fate, Integer> fates = new HashMap<>();

    private SimulatedCloud simulated;
    private OpenStackCloud cloud;
    private LocalInventory inventory;

    @BeforeEach
    void start() throws Exception {
        simulated = new SimulatedCloud(SimulatedCloudOptions.of(() -> NOW, 1, 6));
        simulated.start();
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(simulated.authUrl()),
                new Credentials.Password(Named.name("telemetry"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("service"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        cloud = OpenStackCloud.of(access, ApiSettings.defaults(), ApiTime.system(new Random(1)), call -> {});
        inventory = new LocalInventory(HOST, cloud.nova(), cloud.glance(), CacheOptions.DEFAULTS, () -> NOW, () -> 0);
    }

    @AfterEach
    void stop() {
        cloud.close();
        simulated.close();
    }

    private SlotMeasurements measure(InstanceFinder finder, Instant slot) throws Exception {
        ComputePolling polling = new ComputePolling(
                new ComputeOptions(HOST, false),
                simulated.hypervisor(HOST),
                finder,
                () -> NOW,
                () -> 0,
                ComputeObserver.none());
        PollingDefinition definition =
                PollingDefinition.read("polling.yaml", "sources: [{name: all, interval: 300, meters: ['*']}]");
        return polling.of(definition).getFirst().measure(slot).getFirst();
    }

    private List<PollingMessage> full() throws Exception {
        return full(SLOT);
    }

    private List<PollingMessage> full(Instant slot) throws Exception {
        InstanceDiscovery discovery = new InstanceDiscovery(DiscoveryMethod.LIBVIRT_METADATA, HOST, inventory, RULE);
        return new PollingEnvelope(EnvelopeOptions.defaults())
                .write(measure(
                        (inspection, wanted) -> {
                            inventory.refresh(Sighting.of(inspection, wanted));
                            return discovery.discover(inspection);
                        },
                        slot));
    }

    private List<PollingMessage> bare(EnvelopeOptions options) throws Exception {
        return bare(options, SLOT);
    }

    private List<PollingMessage> bare(EnvelopeOptions options, Instant slot) throws Exception {
        return new PollingEnvelope(options.withoutMetadata())
                .write(measure((inspection, _) -> InstanceDiscovery.bare(HOST).discover(inspection), slot));
    }

    /** The whole cloud as its API tells it. */
    private void fillCache() throws Exception {
        fillCache(SLOT.minusSeconds(60));
    }

    /** @param changed since when all instances are so; nobody remembers what they were before */
    private void fillCache(Instant changed) throws Exception {
        RefresherSeat seat = cache.takeSeat("test", Duration.ofMinutes(1)).orElseThrow();
        seat.stage();
        List<Entry> entries = new ArrayList<>();
        for (Instance instance : inventory.instancesOf(HOST).value().values()) {
            entries.add(InstanceBody.entry(new CachedInstance(
                    instance.server().withFlavor(instance.flavor()), changed, NOW, Teller.API, List.of(), null)));
            Image image = instance.image();
            if (image != null) {
                seat.catalog(
                        CatalogShelf.IMAGES, Map.of(image.id(), ImageBody.write(new Told<>(Optional.of(image), NOW))));
            }
        }
        assertThat(entries).hasSize(6);
        seat.fill(entries);
        seat.takeTouched();
        assertThat(seat.show("{}", 0)).isTrue();
    }

    private Optional<Map<String, Found>> lookup(Collection<String> ids) {
        try {
            return Optional.of(instances.find(ids));
        } catch (SharedCacheException e) {
            return Optional.empty();
        }
    }

    private Ledger ledger(String name) {
        return Ledgers.open(new StoreUrl.Sqlite(folder.resolve(name)), LedgerOptions.DEFAULTS, () -> NOW);
    }

    private void commit(Ledger ledger, List<PollingMessage> messages, BatchCompanion companion) {
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(8 << 20, TimeWindow.unlimited(() -> NOW)), () -> DEFINITIONS, _ -> {});
        List<Processed> processed = messages.stream()
                .map(message -> processor.process(
                        new RawMessage("ceilometer", "notifications.sample", Map.of(), Bytes.utf8(message.body()))))
                .toList();
        assertThat(processed).allMatch(Processed.Measured.class::isInstance);
        CommitOutcome outcome =
                ledger.commit(new LedgerBatch("test", companion.attend().complete(processed)));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }

    private LateJoin join() {
        return new LateJoin(this::lookup, metadata, (fate, samples) -> fates.merge(fate, samples, Integer::sum));
    }

    /** All that a query shows of each. */
    private static List<String> rows(Ledger ledger) {
        List<String> rows = new ArrayList<>();
        ledger.reader().samples(LedgerQuery.ALL, sample -> rows.add(row(sample)));
        assertThat(rows).hasSizeGreaterThan(100);
        return rows;
    }

    private static String row(Sample sample) {
        return String.join(
                " ",
                sample.id().toString(),
                sample.meter().toString(),
                sample.volume().toString(),
                sample.resourceId(),
                sample.projectId(),
                sample.userId(),
                sample.timestamp().toString(),
                Json.write(sample.metadata()));
    }

    private static long bytes(List<PollingMessage> messages) {
        return messages.stream()
                .mapToLong(message -> message.body().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    @Test
    void aLedgerOfBareMessagesIsThatOfFullOnes_atATenthOfTheBytes() throws Exception {
        List<PollingMessage> full = full();
        fillCache();
        List<PollingMessage> bare = bare(EnvelopeOptions.defaults());
        try (Ledger one = ledger("full.db");
                Ledger other = ledger("bare.db")) {
            commit(one, full, BatchCompanion.NONE);
            commit(other, bare, join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
            assertThat(fates).containsOnlyKeys(LateJoin.Fate.JOINED);
            assertThat(other.pending().count().open()).isZero();
        }
        assertThat(bytes(full)).isGreaterThan(10 * bytes(bare));
    }

    @Test
    void whatNobodyKnowsYetIsCommittedAtOnceAndCompletedLater() throws Exception {
        List<PollingMessage> full = full();
        try (Ledger one = ledger("full.db");
                Ledger other = ledger("bare.db")) {
            commit(one, full, BatchCompanion.NONE);
            commit(other, bare(EnvelopeOptions.defaults()), join());
            assertThat(fates).containsOnlyKeys(LateJoin.Fate.PENDING);
            List<String> before = rows(other);
            assertThat(before).hasSameSizeAs(rows(one)).isNotEqualTo(rows(one));
            PendingSamples first = other.pending().list(0, 1, false).getFirst();
            assertThat(first.asOf()).isEqualTo(NOW);

            LateCompletion completion = completion(other, Duration.ofHours(1));
            completion.run();
            assertThat(other.pending().count().open()).isPositive();
            fillCache();
            completion.run();
            assertThat(other.pending().count()).isEqualTo(new PendingSamples.Count(0, 0, null));
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
        }
    }

    @Test
    void samplesOlderThanWhatIsRemembered_sayOfWhichMomentTheirMetadataIs_andAreCounted() throws Exception {
        Instant changed = NOW.plusSeconds(5);
        try (Ledger joined = ledger("joined.db");
                Ledger completed = ledger("completed.db")) {
            commit(completed, bare(EnvelopeOptions.defaults()), join());
            long waiting = completed.pending().open();
            fates.clear();

            full();
            fillCache(changed);
            commit(joined, bare(EnvelopeOptions.defaults()), join());
            assertThat(fates).containsOnlyKeys(LateJoin.Fate.NOT_REMEMBERED);
            completion(completed, Duration.ofHours(1)).run();
            assertThat(registry.counter("nephometer.late.completed.not.remembered")
                            .count())
                    .isEqualTo((double) waiting)
                    .isPositive();
            for (Ledger ledger : List.of(joined, completed)) {
                assertThat(rows(ledger)).allMatch(row -> row.contains("\"metadata_as_of\":\"" + changed + "\""));
            }
        }
    }

    /** Three cycles, the first of which comes before anything is known, so that it is completed later. */
    @Test
    void noQueryTellsALedgerOfBareMessagesFromThatOfFullOnes() throws Exception {
        try (Ledger one = ledger("full.db");
                Ledger other = ledger("bare.db")) {
            for (int cycle = 0; cycle < 3; cycle++) {
                Instant slot = SLOT.minus(Duration.ofMinutes(5).multipliedBy(2 - cycle));
                commit(one, full(slot), BatchCompanion.NONE);
                commit(other, bare(EnvelopeOptions.defaults(), slot), join());
                if (cycle == 0) {
                    assertThat(query("samples", "bare.db").equals(query("samples", "full.db")))
                            .as("what is pending shows")
                            .isFalse();
                    fillCache();
                    completion(other, Duration.ofHours(1)).run();
                }
            }
        }
        assertThat(fates).containsOnlyKeys(LateJoin.Fate.PENDING, LateJoin.Fate.JOINED);
        assertThat(query("samples", "full.db").size()).isGreaterThan(300);
        assertThat(query("slots", "full.db").size()).isGreaterThanOrEqualTo(3);
        for (String question : List.of("samples", "resources", "meters", "statistics", "slots", "pending")) {
            assertThat(query(question, "bare.db").equals(query(question, "full.db")))
                    .as("the same %s", question)
                    .isTrue();
        }
    }

    /** What {@code nephometer query} prints, to the byte; those of the same moment, which come as they were committed, in one order. */
    private List<String> query(String question, String name) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("query", question, "--store", "sqlite:" + folder.resolve(name), "--format", "jsonl"));
        if (question.equals("slots")) {
            arguments.addAll(List.of("--from", SLOT.minus(Duration.ofDays(1)).toString()));
        }
        int exitCode =
                Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString().lines().sorted().toList();
    }

    @Test
    void samplesOfInstancesThatWereDeletedMeanwhileAreJoinedWithWhatTheyWere() throws Exception {
        List<PollingMessage> full = full();
        fillCache();
        try (Ledger one = ledger("full.db");
                Ledger other = ledger("bare.db")) {
            commit(one, full, BatchCompanion.NONE);
            List<PollingMessage> bare = bare(EnvelopeOptions.defaults());
            deleteAll();
            commit(other, bare, join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
            assertThat(fates).containsOnlyKeys(LateJoin.Fate.JOINED);
        }
    }

    private void deleteAll() throws Exception {
        Map<String, Entry> entries =
                Objects.requireNonNull(cache.host(HOST, null).entries());
        List<Amendment> deletions = new ArrayList<>();
        entries.forEach((id, entry) -> deletions.add(new Amendment.Delete(id, entry.revision(), NOW)));
        assertThat(cache.amend(deletions)).hasSize(6).containsOnly(Amended.DONE);
    }

    @Test
    void aCacheThatDoesNotAnswerIsAskedOnceInARun() throws Exception {
        full();
        AtomicInteger asked = new AtomicInteger();
        try (Ledger ledger = ledger("bare.db")) {
            for (int slot = 0; ledger.pending().count().open() <= 500; slot++) {
                commit(ledger, bare(EnvelopeOptions.defaults(), SLOT.minus(Duration.ofMinutes(5L * slot))), join());
            }
            completion(ledger, Duration.ofHours(1), counter(asked, _ -> Optional.empty()))
                    .run();
            assertThat(asked).hasValue(1);

            fillCache();
            asked.set(0);
            completion(ledger, Duration.ofHours(1), counter(asked, this::lookup))
                    .run();
            assertThat(asked).as("the instances are the same on each page").hasValue(1);
            assertThat(ledger.pending().count().open()).isZero();
        }
    }

    private static Function<Collection<String>, Optional<Map<String, Found>>> counter(
            AtomicInteger asked, Function<Collection<String>, Optional<Map<String, Found>>> lookup) {
        return ids -> {
            asked.incrementAndGet();
            return lookup.apply(ids);
        };
    }

    @Test
    void whatAnotherCollectorCompletesIsNotCountedHere() throws Exception {
        full();
        try (Ledger ledger = ledger("bare.db")) {
            commit(ledger, bare(EnvelopeOptions.defaults()), join());
            fillCache();
            LateCompletion other = completion(ledger, Duration.ofHours(1));
            completion(ledger, Duration.ofHours(1), ids -> {
                        other.run();
                        return lookup(ids);
                    })
                    .run();
            assertThat(ledger.pending().count().open()).isZero();
            assertThat(registry.counter("nephometer.late.completed").count())
                    .isEqualTo(fates.getOrDefault(LateJoin.Fate.PENDING, 0).doubleValue());
        }
    }

    @Test
    void whatComesAfterRowsThatWereGivenUpIsCompleted() throws Exception {
        full();
        try (Ledger ledger = ledger("bare.db")) {
            commit(ledger, bare(EnvelopeOptions.defaults()), join());
            LateCompletion completion = completion(ledger, Duration.ofSeconds(30));
            completion.run();
            long givenUp = ledger.pending().count().givenUp();
            commit(ledger, bare(EnvelopeOptions.defaults(), SLOT.minus(Duration.ofMinutes(5))), join());
            fillCache();
            completion.run();
            assertThat(ledger.pending().count()).isEqualTo(new PendingSamples.Count(0, givenUp, null));
        }
    }

    private LateCompletion completion(Ledger ledger, Duration patience) {
        return completion(ledger, patience, this::lookup);
    }

    private LateCompletion completion(
            Ledger ledger, Duration patience, Function<Collection<String>, Optional<Map<String, Found>>> lookup) {
        return new LateCompletion(
                () -> Optional.of(ledger), lookup, metadata, patience, () -> NOW.plusSeconds(60), registry);
    }

    @Test
    void whatNobodyEverKnowsIsGivenUpAndStays() throws Exception {
        try (Ledger ledger = ledger("bare.db")) {
            commit(ledger, bare(EnvelopeOptions.defaults()), join());
            List<String> before = rows(ledger);
            completion(ledger, Duration.ofSeconds(30)).run();
            assertThat(ledger.pending().count().open()).isZero();
            assertThat(ledger.pending().count().givenUp()).isPositive();
            assertThat(rows(ledger)).isEqualTo(before);
        }
    }

    @Test
    void largeSlotsTravelInParts() throws Exception {
        full();
        fillCache();
        List<PollingMessage> parts = bare(EnvelopeOptions.defaults().withMaxBytes(8 << 10));
        assertThat(parts).hasSizeGreaterThan(1);
        try (Ledger one = ledger("one.db");
                Ledger other = ledger("parts.db")) {
            commit(one, bare(EnvelopeOptions.defaults()), join());
            commit(other, parts, join());
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
        }
    }
}
