// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.central.CentralPolling;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.WorkUnit;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.central.CentralMeasuring;
import io.nephometer.sources.polling.central.CentralObserver;
import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.WorkPlan;
import io.nephometer.sources.polling.central.cloud.CloudOptions;
import io.nephometer.sources.polling.central.cloud.CloudPollsters;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.store.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Three central agents that share the listings of the simulated cloud, put together as the role central does, but for the coordinator
 * and the ledger, which are those of this process: a ledger in SQLite is of one. One of them is killed.
 */
final class CentralCrew implements AutoCloseable {
    private static final int AGENTS = 3;
    /** Slots last so many leases. */
    private static final int LEASES = 4;

    private static final long SPOOL_BYTES = 64L << 20;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long START_NANOS = 10_000_000_000L;
    /** Listings alone are measured, and nobody asks for one. */
    private static final Rosters NO_ROSTERS = new Rosters() {
        @Override
        public void put(String name, Instant slotStart, String content) {}

        @Override
        public @Nullable String newest(String name) {
            return null;
        }
    };

    static final String SOURCE = "demo-cloud";

    private final Duration interval;
    private final Path folder;
    private final FleetCloud cloud;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Coordinator coordinator;
    private final List<CentralMember> members = new ArrayList<>();
    private final List<OpenStackCloud> sessions = new ArrayList<>();
    private Set<String> units = Set.of();
    private Set<String> orphans = Set.of();
    private @Nullable Instant orphaned;
    private Instant began = Instant.MAX;

    /** @param interval of the slots */
    CentralCrew(Duration interval, Path folder, FleetCloud cloud, InstantSource clock, Ticker ticker) {
        this.interval = interval;
        this.folder = folder;
        this.cloud = cloud;
        this.clock = clock;
        this.ticker = ticker;
        this.coordinator = new InProcessCoordinator(interval.dividedBy(LEASES), ticker);
    }

    /**
     * What the crew did.
     *
     * @param units of work, by their names
     * @param orphans of these, those that the killed member had
     * @param orphaned when its lease ended; null if none was killed
     */
    record Run(
            int agents,
            Duration interval,
            Set<String> units,
            Set<String> orphans,
            @Nullable Instant orphaned,
            Instant began,
            Instant ended) {}

    /** Starts them; returns when all work has an owner. */
    void start(Supplier<Optional<Ledger>> ledger, LedgerWriter writer, Supplier<MessageProcessor> processor) {
        for (int i = 1; i <= AGENTS; i++) {
            members.add(member("central-" + i, ledger, writer, processor.get()));
        }
        members.forEach(member -> member.polling().start());
        long limit = ticker.nanos() + START_NANOS;
        while (owned().size() < units.size() && ticker.nanos() < limit) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        began = clock.instant();
    }

    private CentralMember member(
            String name, Supplier<Optional<Ledger>> ledger, LedgerWriter writer, MessageProcessor processor) {
        Surroundings surroundings =
                new Surroundings(name, new SimpleMeterRegistry(), new HealthRegistry(), clock, ticker);
        OpenStackCloud session = cloud.session(ApiSettings.defaults());
        sessions.add(session);
        LedgerClock time = new LedgerClock(clock, ticker);
        CloudOptions options = new CloudOptions(false, "AUTH_");
        WorkPlan plan = new WorkPlan(
                definition(), CloudPollsters.pollsters(session, options), CloudPollsters.discoveries(session, options));
        units = new TreeSet<>(plan.units().stream().map(WorkUnit::name).toList());
        Gate gate = new Gate(ticker);
        DutyOptions usual = DutyOptions.DEFAULTS;
        Duration least = coordinator.lease().dividedBy(2);
        CentralPolling polling = new CentralPolling(
                new CentralPolling.Parts(
                        name,
                        gate.before(coordinator),
                        plan.units(),
                        plan.text(),
                        new CentralMeasuring(plan, NO_ROSTERS, usual.atOnce(), time, ticker, CentralObserver.none()),
                        time,
                        gate.before(ledger),
                        CentralPolling.reach(ticker, coordinator.lease()),
                        gate.before(writer),
                        processor,
                        new SpoolOptions(folder.resolve(name), SPOOL_BYTES),
                        new DutyOptions(usual.atOnce(), 0, least, usual.patience())),
                surroundings);
        return new CentralMember(name, gate, polling);
    }

    private PollingDefinition definition() {
        try {
            return PollingDefinition.read(
                    "the demonstration's polling.yaml", """
                    sources:
                      - name: %s
                        interval: %d
                        meters: [image.*, volume.*, ip.floating]
                    """.formatted(SOURCE, interval.toSeconds()));
        } catch (PollingDefinitionException e) {
            throw new IllegalStateException("the demonstration's own definition is wrong", e);
        }
    }

    private Set<String> owned() {
        Set<String> owned = new TreeSet<>();
        members.stream().filter(CentralMember::isLive).forEach(member -> owned.addAll(names(member)));
        return owned;
    }

    private static List<String> names(CentralMember member) {
        return member.polling().owned().stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
    }

    /** Kills the member that has most to do. */
    void kill() {
        CentralMember victim = members.stream()
                .max(Comparator.comparingInt(member -> names(member).size()))
                .orElseThrow();
        orphans = Set.copyOf(names(victim));
        victim.kill();
        orphaned = clock.instant()
                .minusNanos(ticker.nanos() - victim.gate().lastBeat())
                .plus(coordinator.lease());
    }

    /** Ends what is left. */
    Run finish() throws IOException {
        Instant ended = clock.instant();
        close();
        return new Run(AGENTS, interval, units, orphans, orphaned, began, ended);
    }

    @Override
    public void close() throws IOException {
        for (CentralMember member : members) {
            member.close();
        }
        members.clear();
        sessions.forEach(OpenStackCloud::close);
        sessions.clear();
        coordinator.close();
    }
}
