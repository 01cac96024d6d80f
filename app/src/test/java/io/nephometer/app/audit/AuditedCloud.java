// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.collector.InventoryNotes;
import io.nephometer.app.config.AuditInventory;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CountingAuditConfig;
import io.nephometer.app.config.HostAuditConfig;
import io.nephometer.app.config.PendingDeleteConfig;
import io.nephometer.app.config.ReadFrom;
import io.nephometer.app.config.UsageAuditConfig;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.model.Event;
import io.nephometer.model.HostShare;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.ProcessingHandler;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.AuditView.Difference;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.StoreUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A simulated cloud that is read and listened to, a ledger with its inventory, and all clocks there. */
final class AuditedCloud implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-28T10:30:00Z");
    private static final Duration TURN = Duration.ofSeconds(20);
    private static final NotificationProcessor PROCESSOR = processor();

    final SimulatedClock clock = new SimulatedClock(START);
    private final Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
    final SimulatedCloud cloud;
    final Ledger ledger;
    final InventoryFeed feed;
    private final SimpleMeterRegistry figures = new SimpleMeterRegistry();
    private final OpenStackCloud client;
    private final GlobalRefresher refresher;
    private final InProcessSharedCache cache = new InProcessSharedCache(clock);
    private final List<RawMessage> bus = new ArrayList<>();
    private final ProcessingHandler collector;
    private final AuditsConfig config;

    /** Whether what is on the bus reaches the ledger when time passes. */
    boolean collects = true;

    /** Whether Nova is read when time passes. */
    boolean reads = true;

    /** Called before and after each step of a commit. */
    volatile AtStep atCommit = (_, _) -> {};

    /** Somebody who sees commits, and may end them. */
    interface AtStep {
        void at(CommitStep step, boolean before);
    }

    private CommitProbe probe() {
        return new CommitProbe() {
            @Override
            public void before(CommitStep step) {
                atCommit.at(step, true);
            }

            @Override
            public void after(CommitStep step) {
                atCommit.at(step, false);
            }
        };
    }

    /** @param notes whether the inventory has what notifications tell, too */
    AuditedCloud(String url, boolean notes) throws Exception {
        cloud = new SimulatedCloud(SimulatedCloudOptions.of(clock, 3, 4).withRates(LifeRates.none()), clock::advance);
        cloud.notifications().listen(said -> bus.add(said.message()));
        cloud.start();
        ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS.withProbe(probe()), clock);
        config = new AuditsConfig(
                null,
                Duration.ofSeconds(10),
                Duration.ofMinutes(35),
                Duration.ofMinutes(10),
                AuditInventory.OWN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                ReadFrom.REPLICA,
                null,
                null,
                new UsageAuditConfig(true, "hour", Duration.ofMinutes(1), Duration.ofDays(2)),
                new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                new CountingAuditConfig(true, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                new HostAuditConfig(false, Duration.ofMinutes(5), Duration.ofHours(1)),
                new PendingDeleteConfig(false, Duration.ofMinutes(5), 5, Duration.ofDays(7), null));
        client = client();
        feed = new InventoryFeed(
                () -> Optional.of(ledger), config.inventoryLookBack(), Duration.ofMinutes(5), clock, ticker, figures);
        refresher = new GlobalRefresher(
                "one",
                cache,
                client.nova(),
                client.glance(),
                RefresherOptions.DEFAULTS,
                ticker,
                (_, _) -> () -> {},
                feed);
        collector = new ProcessingHandler(
                PROCESSOR, new IsolatingCommitter("test", ledger), notes ? new InventoryNotes() : BatchCompanion.NONE);
    }

    private static NotificationProcessor processor() {
        Definitions shipped = Definitions.shipped(DefinitionOptions.DEFAULTS);
        return new NotificationProcessor(
                new NotificationDecoder(1 << 20, TimeWindow.unlimited(Instant::now)), () -> shipped, _ -> {});
    }

    private OpenStackCloud client() throws Exception {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        return OpenStackCloud.of(access, ApiSettings.defaults(), time, ApiObserver.NONE);
    }

    /** Time passes, with a reading of Nova and a batch of the bus now and then. */
    void run(Duration time) {
        for (long i = time.dividedBy(TURN); i > 0; i--) {
            cloud.advance(TURN);
            if (reads) {
                refresher.run();
            }
            if (collects) {
                collect();
            }
        }
    }

    void runUntil(String time) {
        run(Duration.between(clock.instant(), Instant.parse(time)));
    }

    /** What is on the bus goes into the ledger. */
    void collect() {
        if (!bus.isEmpty()) {
            BatchOutcome outcome = collector.prepare(List.copyOf(bus)).commit();
            if (!(outcome instanceof BatchOutcome.Done)) {
                throw new IllegalStateException(outcome.toString());
            }
            bus.clear();
        }
    }

    /** Audits all that is due. */
    AuditRounds.Report audit() throws AuditException {
        return rounds("test").run(IntStream.range(0, HostShare.COUNT).boxed().toList());
    }

    AuditRounds rounds(String owner) {
        return Audits.over(ledger, PROCESSOR, config, owner).stream()
                .filter(rounds -> rounds.task().equals(UsageAuditor.TASK))
                .findFirst()
                .orElseThrow();
    }

    /** Events that tell of whole hours, by who sent them: ours or Nova's. */
    List<Event> exists(boolean ours) {
        List<Event> events = new ArrayList<>();
        ledger.reader().events(LedgerQuery.ALL.withType("compute.instance.exists"), events::add);
        return events.stream()
                .filter(event -> text(event, "service").equals("audit") == ours)
                // Nova also tells of the part of a period that is over when an instance is shelved
                .filter(event -> text(event, "audit_period_ending").endsWith(":00:00Z"))
                .toList();
    }

    static String text(Event event, String trait) {
        return event.traits().stream()
                .filter(one -> one.name().equals(trait))
                .map(one -> one.value().toString())
                .findFirst()
                .orElse("")
                .replaceFirst("^[A-Za-z]+\\[value=(.*)]$", "$1");
    }

    /** Samples of memory that events of this type made. */
    List<Sample> memory(List<Event> events) {
        List<Sample> samples = new ArrayList<>();
        ledger.reader().samples(LedgerQuery.ALL.withMeter("memory"), samples::add);
        List<String> ids = events.stream().map(event -> event.id().text()).toList();
        return samples.stream()
                .filter(sample -> sample.origin() instanceof Sample.Origin.Derived derived
                        && ids.contains(derived.message().text()))
                .toList();
    }

    List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        ledger.audits().differences(found::add);
        return found;
    }

    /** How many readings moved no mark since the clocks differed. */
    double differed() {
        return figures.get("nephometer.inventory.clock.differs").counter().count();
    }

    /** Where an instance is now. */
    @Nullable String host(String id) {
        Host host = cloud.cloud().server(id).orElseThrow().host();
        return host == null ? null : host.name();
    }

    @Override
    public void close() {
        client.close();
        cache.close();
        ledger.close();
        cloud.close();
    }
}
