// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.coordination.Partitions;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures the units of a plan. Holds nothing between two slots that others lack: any member can measure any unit. */
public final class CentralMeasuring implements UnitMeasuring {
    private static final int OLD_SLOTS = 3;

    private final WorkPlan plan;
    private final Rosters rosters;
    private final ReadRosters read;
    private final InstantSource clock;
    private final Ticker ticker;
    private final CentralObserver observer;
    private final Crew crew;

    /** @param atOnce how many resources are asked about at the same time, at most */
    public CentralMeasuring(
            WorkPlan plan, Rosters rosters, int atOnce, InstantSource clock, Ticker ticker, CentralObserver observer) {
        this.plan = plan;
        this.rosters = rosters;
        this.read = new ReadRosters(rosters);
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
        this.crew = new Crew(atOnce);
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException {
        UnitWork work = plan.work(unit);
        if (work == null) {
            throw new IllegalArgumentException("no unit of the polling definition: " + unit.key());
        }
        MeasuringTime begun = new MeasuringTime(clock.instant(), ticker.nanos());
        SlotTally tally = new SlotTally(slot);
        switch (work) {
            case UnitWork.Listing listing -> list(listing, slot, tally);
            case UnitWork.Partition partition -> ask(partition, slot, tally);
        }
        List<Sample> samples = tally.samples();
        List<Shortfall> shortfalls = tally.shortfalls();
        observer.measured(unit.name(), tally.resources(), samples.size());
        shortfalls.forEach(one -> tell(unit, one));
        tally.notes().forEach((reason, count) -> observer.noted(unit.name(), reason, count));
        return new SlotMeasurements(slot, unit.name(), begun, null, samples, shortfalls);
    }

    private void tell(WorkUnit unit, Shortfall one) {
        if (one.isNothing()) {
            observer.noted(unit.name(), one.reason(), Math.max(1, one.count()));
        } else {
            observer.fell(unit.name(), one.reason(), one.count());
        }
    }

    private void list(UnitWork.Listing listing, Slot slot, SlotTally tally)
            throws UnmeasurableException, InterruptedException {
        Map<String, Discovered> listed = new LinkedHashMap<>();
        each(listing.discovery(), tally, resource -> listed.put(resource.id(), resource));
        for (Discovered resource : listed.values()) {
            tally.poll(resource, listing.pollsters());
        }
        if (listing.keepsRoster()) {
            keep(listing.discovery(), new Roster(slot.start(), List.copyOf(listed.values())));
        }
    }

    private void each(String discovery, SlotTally tally, Consumer<Discovered> to)
            throws UnmeasurableException, InterruptedException {
        try {
            long nameless = plan.discovery(discovery).list(to);
            if (nameless > 0) {
                tally.tell(new Shortfall("no_id", nameless, discovery + ": entries without an id were passed over"));
            }
        } catch (ApiException e) {
            if (e.failure() == ApiFailure.NO_SERVICE) {
                tally.tell(new Shortfall(Shortfall.NO_SERVICE, 0, discovery + ": " + e.getMessage()));
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while it listed " + discovery);
            }
            throw new UnmeasurableException(
                    new Shortfall(SlotTally.reason(e), 0, discovery + ": " + e.getMessage()), e);
        }
    }

    private void keep(String discovery, Roster roster) throws UnmeasurableException, InterruptedException {
        try {
            rosters.put(discovery, roster.began(), roster.text());
        } catch (RostersException e) {
            throw new UnmeasurableException(new Shortfall("roster_not_kept", 0, discovery + ": " + e.getMessage()), e);
        }
    }

    private void ask(UnitWork.Partition partition, Slot slot, SlotTally tally)
            throws UnmeasurableException, InterruptedException {
        Map<String, Asked> asked = new LinkedHashMap<>();
        partition.shares().forEach(share -> share.fixed()
                .forEach(id -> include(asked, partition, new Discovered(id, Map.of()), false)));
        if (partition.usesRoster()) {
            roster(partition.discovery(), slot, tally)
                    .of(partition.index())
                    .forEach(one -> include(asked, partition, one, true));
        }
        crew.each(new ArrayList<>(asked.values()), one -> tally.poll(one.resource(), one.pollsters()));
        if (tally.isUnanswered()) {
            throw new UnmeasurableException(tally.shortfalls().getFirst(), null);
        }
    }

    /** A resource, and who asks about it. */
    private record Asked(Discovered resource, List<CentralPollster> pollsters) {}

    private static void include(
            Map<String, Asked> asked, UnitWork.Partition partition, Discovered resource, boolean isFound) {
        if (Partitions.of(resource.id()) == partition.index()) {
            List<CentralPollster> pollsters = partition.pollsters(resource.id(), isFound);
            if (!pollsters.isEmpty()) {
                asked.put(resource.id(), new Asked(resource, pollsters));
            }
        }
    }

    private ReadRosters.Divided roster(String discovery, Slot slot, SlotTally tally)
            throws UnmeasurableException, InterruptedException {
        try {
            ReadRosters.Divided roster = read.newest(discovery);
            if (roster == null) {
                throw new UnmeasurableException(new Shortfall("no_roster", 0, discovery + " was not listed yet"), null);
            }
            if (roster.began().isBefore(slot.start().minus(slot.interval().multipliedBy(OLD_SLOTS)))) {
                tally.tell(new Shortfall("roster_old", 0, discovery + " was listed last at " + roster.began()));
            }
            if (roster.began().isAfter(slot.end())) {
                String when = discovery + " was listed when the ledger's time was " + roster.began() + " or later";
                tally.tell(new Shortfall("roster_ahead", 0, when));
            }
            return roster;
        } catch (RostersException e) {
            throw new UnmeasurableException(new Shortfall("no_roster", 0, discovery + ": " + e.getMessage()), e);
        }
    }
}
