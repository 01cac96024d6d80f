// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.ownership.OwnershipChange;
import io.nephometer.coordination.ownership.OwnershipLoop;
import io.nephometer.coordination.ownership.Unit;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.bus.CountingCarrier;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.duty.Beginning;
import io.nephometer.sources.polling.duty.DutyLoop;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.spool.Spool;
import io.nephometer.sources.polling.spool.SpoolDrain;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.sources.polling.spool.SpoolingSink;
import io.nephometer.store.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One of any number of central agents: it owns a share of the units of work, measures their slots in the cloud, and commits them
 * under its epochs. Ownership decides whose a unit is, duties decide what is done when; this puts the two together with the
 * ledger.
 */
public final class CentralPolling implements AutoCloseable {
    /** What members of this work take part in. */
    static final String GROUP = "central";

    private static final int LOOKS_PER_LEASE = 3;
    /** A ledger that is merely slow needs no less for a question. */
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(1);

    private final Coordinator coordinator;
    private final OwnershipLoop ownership;
    private final DutyLoop duties;
    private final LedgerEpochs epochs;
    private final LedgerLook look;
    private final Spool spool;
    private final SpoolDrain drain;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Collection<WorkUnit> work;
    private final OtherPlans others;

    /**
     * What one is made of.
     *
     * @param member what this process is called among the others
     * @param coordinator closed with this
     * @param work all there is to do in the cluster, the same at every member; what some do not know the others do
     * @param plan all that decides what is done for it, as a text: members whose texts differ are told of
     * @param clock the ledger's time, by which slots are measured
     * @param ledger empty while it cannot be reached
     * @param reach told whether it answers
     * @param writer the way into the same ledger
     */
    public record Parts(
            String member,
            Coordinator coordinator,
            Collection<WorkUnit> work,
            String plan,
            UnitMeasuring measuring,
            LedgerClock clock,
            Supplier<Optional<Ledger>> ledger,
            LedgerReach reach,
            LedgerWriter writer,
            MessageProcessor processor,
            SpoolOptions spool,
            DutyOptions duties) {}

    /** Puts one together; nothing runs yet. */
    public CentralPolling(Parts parts, Surroundings surroundings) {
        work = List.copyOf(parts.work());
        coordinator = parts.coordinator();
        CentralMetrics metrics = new CentralMetrics(surroundings.registry(), this::fenced);
        LedgerClock clock = parts.clock();
        LedgerReach reach = parts.reach();
        Supplier<Optional<LedgerDesks>> ledger = reach.of(parts.ledger());
        epochs = new LedgerEpochs(byKey(work), ledger, coordinator, this::heard);
        PollingEnvelope envelope = new PollingEnvelope(EnvelopeOptions.defaults());
        CountingCarrier carrier = new CountingCarrier(
                new LedgerCarrier(parts.processor(), reach.of(parts.writer()), this::fenced, metrics.refused()));
        spool = new Spool(parts.spool(), metrics);
        drain = new SpoolDrain(spool, carrier, envelope, parts.member(), metrics);
        SpoolingSink sink = new SpoolingSink(envelope, carrier, spool, metrics, surroundings.ticker());
        CentralWork doing = new CentralWork(ledger, parts.measuring(), sink, clock, this::heard, stop);
        duties = new DutyLoop(parts.duties(), doing, clock, surroundings.ticker(), metrics);
        ownership = new OwnershipLoop(
                coordinator,
                epochs,
                Member.starting(parts.member(), groups(parts)),
                GROUP,
                this::changed,
                metrics,
                surroundings.ticker());
        ownership.needLedger();
        others = new OtherPlans(parts.ledger(), surroundings.ticker());
        look = new LedgerLook(
                parts.ledger(), clock, surroundings.ticker(), look(coordinator.lease()), reach, this::answered);
        metrics.bind(() -> ownership.owned().size(), spool);
    }

    private static Set<String> groups(Parts parts) {
        Set<String> groups = new TreeSet<>(PlanGroups.of(parts.plan(), parts.work()));
        groups.add(GROUP);
        return groups;
    }

    /** How often the ledger is looked at. */
    private static Duration look(Duration lease) {
        return lease.dividedBy(LOOKS_PER_LEASE);
    }

    /**
     * Of a ledger that counts as away when a look at it takes longer than from one to the next. A question may take half as long; if it takes
     * longer, so may the look that follows, but both together no longer than half a lease.
     */
    public static LedgerReach reach(Ticker ticker, Duration lease) {
        Duration usual = look(lease).dividedBy(2);
        Duration limit = usual.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : usual;
        Duration left = lease.dividedBy(2).minus(limit);
        Duration doubt = left.compareTo(limit) > 0 ? limit : left;
        return new LedgerReach(ticker, look(lease), limit, doubt.isNegative() ? Duration.ZERO : doubt);
    }

    private static Map<String, WorkUnit> byKey(Collection<WorkUnit> work) {
        Map<String, WorkUnit> byKey = new LinkedHashMap<>();
        work.forEach(unit -> byKey.put(unit.key(), unit));
        return byKey;
    }

    /** The units of work that this member owns now, by their keys. */
    public Set<String> owned() {
        return Set.copyOf(ownership.owned().keySet());
    }

    /** Joins the others. What cannot be reached yet is tried again. */
    public void start() {
        ownership.work(work.stream()
                .map(unit -> new Unit(unit.key(), unit.interval(), PlanGroups.group(unit)))
                .toList());
        spool.start();
        drain.start();
        duties.start();
        look.start();
        ownership.start();
    }

    private void changed(OwnershipChange change) {
        WorkUnit unit = epochs.unit(change.unit());
        switch (change) {
            case OwnershipChange.Gained gained -> {
                Optional<Beginning> beginning = epochs.beginning(gained.unit(), gained.epoch());
                beginning.ifPresent(known -> duties.gained(unit, known));
            }
            case OwnershipChange.Lost _ -> duties.lost(unit);
        }
    }

    private void heard() {
        ownership.ledgerHeard();
    }

    private void answered(Duration ahead) {
        ownership.ledgerHeard();
        ownership.clock(ahead);
        // Who is not sure of the others, or takes no part, decides nothing about what they know.
        if (ownership.health() instanceof Health.Up) {
            others.look(ownership.members());
        }
    }

    /** Found out when it was to be claimed. */
    private void fenced(WorkUnit unit, Tenure tenure) {
        ownership.fenced(unit.key(), tenure.epoch());
    }

    /** Found out when it was handed over, which may be long after. */
    private void fenced(PollingMessage message, String name, Tenure tenure) {
        fenced(new WorkUnit(message.slot().source(), message.slot().interval(), name), tenure);
    }

    /** Whether this member has its share and does it. */
    Health health() {
        return Stream.<Supplier<Health>>of(
                        ownership::health, duties::health, () -> OtherPlans.health(ownership.members()))
                .map(Supplier::get)
                .filter(health -> !(health instanceof Health.Up))
                .findFirst()
                .orElseGet(ownership::health);
    }

    /** What waits on disk for the ledger. */
    Health spoolHealth() {
        return spool.health();
    }

    /**
     * Gives up its share, hands over what is under way, and only then leaves: while it is seen to live, whoever gains a unit waits for that. Ends
     * within half a minute whatever hangs: ten seconds each for what is under way, for leaving, and for what is being sent of the spool.
     */
    @Override
    public void close() throws IOException {
        ownership.giveUp();
        drain.stop();
        duties.close();
        stop.countDown();
        ownership.close();
        drain.close();
        look.close();
        spool.close();
        coordinator.close();
    }
}
