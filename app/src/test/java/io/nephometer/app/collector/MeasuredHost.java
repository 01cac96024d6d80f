// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import io.nephometer.store.ledger.StoreUrl;
import java.net.URI;
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
import java.util.function.Function;

/** A hypervisor of a simulated cloud, measured with metadata and without, and what becomes of both in ledgers. */
final class MeasuredHost implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:42Z");
    static final Instant SLOT = Instant.parse("2026-11-22T10:00:00Z");
    private static final String HOST = "compute-0001";
    private static final UserMetadataRule RULE = new UserMetadataRule(List.of("metering."), List.of(), 256);
    private static final Definitions DEFINITIONS = Definitions.shipped(DefinitionOptions.DEFAULTS);

    private final Path folder;
    private final SharedCache cache = new InProcessSharedCache(() -> NOW);
    private final LateInstances instances = new LateInstances(cache, () -> 0);
    private final LateMetadata metadata = new LateMetadata(RULE);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Map<LateJoin.Fate, Integer> fates = new HashMap<>();
    private final SimulatedCloud simulated = new SimulatedCloud(SimulatedCloudOptions.of(() -> NOW, 1, 6));
    private final OpenStackCloud cloud;
    private final LocalInventory inventory;

    /** @param folder where ledgers are made */
    MeasuredHost(Path folder) throws Exception {
        this.folder = folder;
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

    @Override
    public void close() {
        cloud.close();
        simulated.close();
    }

    /** What became of samples that were joined. */
    Map<LateJoin.Fate, Integer> fates() {
        return fates;
    }

    double counted(String name) {
        return registry.counter(name).count();
    }

    List<PollingMessage> full() throws Exception {
        return full(SLOT);
    }

    List<PollingMessage> bare() throws Exception {
        return bare(EnvelopeOptions.defaults(), SLOT);
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

    List<PollingMessage> full(Instant slot) throws Exception {
        InstanceDiscovery discovery = new InstanceDiscovery(DiscoveryMethod.LIBVIRT_METADATA, HOST, inventory, RULE);
        return new PollingEnvelope(EnvelopeOptions.defaults())
                .write(measure(
                        (inspection, wanted) -> {
                            inventory.refresh(Sighting.of(inspection, wanted));
                            return discovery.discover(inspection);
                        },
                        slot));
    }

    List<PollingMessage> bare(EnvelopeOptions options, Instant slot) throws Exception {
        return new PollingEnvelope(options.withoutMetadata())
                .write(measure((inspection, _) -> InstanceDiscovery.bare(HOST).discover(inspection), slot));
    }

    /** The whole cloud as its API tells it. */
    void fillCache() throws Exception {
        fillCache(SLOT.minusSeconds(60));
    }

    /** @param changed since when all instances are so; nobody remembers what they were before */
    void fillCache(Instant changed) throws Exception {
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

    Optional<Map<String, Found>> lookup(Collection<String> ids) {
        try {
            return Optional.of(instances.find(ids));
        } catch (SharedCacheException e) {
            return Optional.empty();
        }
    }

    Ledger ledger(String name) {
        return Ledgers.open(new StoreUrl.Sqlite(folder.resolve(name)), LedgerOptions.DEFAULTS, () -> NOW);
    }

    void commit(Ledger ledger, List<PollingMessage> messages, BatchCompanion companion) {
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

    LateJoin join() {
        return new LateJoin(this::lookup, metadata, (fate, samples) -> fates.merge(fate, samples, Integer::sum));
    }

    void deleteAll() throws Exception {
        Map<String, Entry> entries =
                Objects.requireNonNull(cache.host(HOST, null).entries());
        List<Amendment> deletions = new ArrayList<>();
        entries.forEach((id, entry) -> deletions.add(new Amendment.Delete(id, entry.revision(), NOW)));
        assertThat(cache.amend(deletions)).hasSize(6).containsOnly(Amended.DONE);
    }

    LateCompletion completion(Ledger ledger, Duration patience) {
        return completion(ledger, patience, this::lookup);
    }

    LateCompletion completion(
            Ledger ledger, Duration patience, Function<Collection<String>, Optional<Map<String, Found>>> lookup) {
        return new LateCompletion(
                () -> Optional.of(ledger), lookup, metadata, patience, () -> NOW.plusSeconds(60), registry);
    }

    /** All that a query shows of each. */
    static List<String> rows(Ledger ledger) {
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
}
