// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.nephometer.coordination.Partitions;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CentralMeasuringTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:07Z");
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Meter SIZE = new Meter("thing.size", MeterType.GAUGE, "B");
    private static final String POLLING = "sources: [{name: all, interval: 60, meters: ['*']}]";

    private final List<Discovered> things = new ArrayList<>();
    private final KeptRosters rosters = new KeptRosters();
    private boolean listingFails;
    private boolean isNoService;
    private long nameless;

    private final class Things implements Discovery {
        @Override
        public String name() {
            return "things";
        }

        @Override
        public long list(Consumer<Discovered> each) throws ApiException {
            if (isNoService) {
                throw new ApiException(
                        ApiFailure.NO_SERVICE, ServiceType.IMAGE, "endpoint", 0, null, "the catalog has none", null);
            }
            things.forEach(each);
            if (listingFails) {
                throw failure();
            }
            return nameless;
        }
    }

    /** Sizes of things; those called "dark" cannot be asked about, those called "odd" are a defect. */
    private record Sizes(String name, Kind kind) implements CentralPollster {
        @Override
        public String defaultDiscovery() {
            return "things";
        }

        @Override
        public void poll(Discovered resource, ValueSink to) throws ApiException {
            if (resource.id().startsWith("dark")) {
                throw failure();
            }
            to.value(new MeasuredValue(
                    new Meter(name, MeterType.GAUGE, "B"),
                    ((Number) resource.attributes().getOrDefault("size", 1L)).longValue(),
                    resource.id(),
                    "p1",
                    null,
                    Map.of()));
            if (resource.id().startsWith("odd")) {
                throw new IllegalStateException("after half of its values");
            }
            if (resource.id().startsWith("strange")) {
                to.tell("unknown_status", "says WOBBLY");
            }
        }
    }

    private static ApiException failure() {
        return new ApiException(ApiFailure.SERVER_ERROR, ServiceType.IMAGE, "GET /things", 503, null, "busy", null);
    }

    @Test
    void aListingGivesASampleOfEachResource() throws Exception {
        things.add(thing("a", 1));
        things.add(thing("b", 2));
        things.add(thing("a", 3));

        SlotMeasurements measured = measure(CentralPollster.Kind.LISTED, "things");

        assertThat(measured.member()).isEqualTo("things");
        assertThat(measured.shortfalls()).isEmpty();
        assertThat(measured.samples())
                .extracting(Sample::resourceId, Sample::volume)
                .containsExactly(tuple("a", 3L), tuple("b", 2L));
        Sample first = measured.samples().getFirst();
        assertThat(first.timestamp()).isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
        assertThat(first.id().toString())
                .isEqualTo(measured.slot().sampleId(SIZE, "a").key().toString());
    }

    @Test
    void whatFailsCostsOnlyItself() throws Exception {
        List.of("a", "dark1", "dark2", "odd", "strange", "z").forEach(id -> things.add(thing(id, 1)));

        SlotMeasurements measured = measure(CentralPollster.Kind.LISTED, "things");

        assertThat(measured.samples()).extracting(Sample::resourceId).containsExactly("a", "strange", "z");
        assertThat(measured.shortfalls())
                .extracting(Shortfall::reason, Shortfall::count)
                .containsExactlyInAnyOrder(
                        tuple("api_server_error", 2L), tuple("pollster_failed", 1L), tuple("unknown_status", 1L));
        assertThat(measured.shortfalls().getFirst().detail()).startsWith("thing.size of dark1: image GET /things: 503");
    }

    @Test
    void aListThatBrokeOffIsNoList() {
        things.add(thing("a", 1));
        listingFails = true;

        assertThatThrownBy(() -> measure(CentralPollster.Kind.LISTED, "things"))
                .isInstanceOf(UnmeasurableException.class)
                .hasMessageStartingWith("api_server_error: things: ");
    }

    @Test
    void aServiceThatTheCloudDoesNotHaveLeavesNothingMissing() throws Exception {
        isNoService = true;

        SlotMeasurements measured = measure(CentralPollster.Kind.LISTED, "things");

        assertThat(measured.isMissing()).isFalse();
        assertThat(measured.samples()).isEmpty();
        assertThat(measured.shortfalls())
                .singleElement()
                .matches(Shortfall::isNothing)
                .satisfies(one -> assertThat(one.detail()).contains("things", "the catalog has none"));
    }

    @Test
    void entriesWithoutAnIdAreCounted() throws Exception {
        things.add(thing("a", 1));
        nameless = 2;

        SlotMeasurements measured = measure(CentralPollster.Kind.LISTED, "things");

        assertThat(measured.samples()).hasSize(1);
        assertThat(measured.shortfalls())
                .extracting(Shortfall::reason, Shortfall::count)
                .containsExactly(tuple("no_id", 2L));
    }

    @Test
    void partitionsMeasureEachResourceOnce() throws Exception {
        IntStream.range(0, 500).forEach(i -> things.add(thing("id-" + i, i)));
        CentralMeasuring measuring = measuring(CentralPollster.Kind.PER_RESOURCE);

        assertThat(measure(measuring, "things").samples()).isEmpty();
        List<String> measured = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            measure(measuring, "things/" + i).samples().forEach(sample -> measured.add(sample.resourceId()));
        }

        assertThat(measured)
                .containsExactlyInAnyOrderElementsOf(
                        things.stream().map(Discovered::id).toList());
    }

    @Test
    void aPartitionWithoutRosterOrAnswersIsMeasuredAnotherTime() throws Exception {
        CentralMeasuring measuring = measuring(CentralPollster.Kind.PER_RESOURCE);
        assertThatThrownBy(() -> measure(measuring, "things/0")).hasMessageStartingWith("no_roster");

        things.add(thing("dark", 1));
        measure(measuring, "things");
        String unit = "things/" + Partitions.of("dark");

        assertThatThrownBy(() -> measure(measuring, unit))
                .hasMessageStartingWith("api_server_error: thing.size of dark");
    }

    @Test
    void whatOneSourceNamesIsTakenFromNoOther() throws Exception {
        List.of("p1", "p2", "p3").forEach(id -> things.add(thing(id, 1)));
        String named = "{name: named, interval: 60, meters: [thing.size], resources: [p1, unlisted]}";
        String again = "{name: again, interval: 60, meters: [thing.size], resources: [p1, p4]}";
        String found = "{name: found, interval: 60, meters: [thing.size]}";

        assertThat(measuredBy(named, again, found))
                .containsExactlyInAnyOrder("named p1", "named unlisted", "again p4", "found p2", "found p3");
        assertThat(measuredBy(found, named))
                .containsExactlyInAnyOrder("named p1", "named unlisted", "found p2", "found p3");
    }

    @Test
    void sourcesOfOneNameKeepTheirResources() throws Exception {
        List.of("p1", "p2").forEach(id -> things.add(thing(id, 1)));

        assertThat(measuredBy(
                        "{name: all, interval: 60, meters: [thing.size], resources: [p1]}",
                        "{name: all, interval: 60, meters: [thing.age], discovery: [things]}"))
                .as("thing.size of p1, thing.age of both")
                .containsExactlyInAnyOrder("all p1", "all p1", "all p2");
    }

    /** Everything of a slot, listings first, as they are in time. */
    private List<String> measuredBy(String... sources) throws Exception {
        WorkPlan plan = new WorkPlan(
                PollingDefinition.read("polling.yaml", "sources: [" + String.join(", ", sources) + "]"),
                List.of(
                        new Sizes("thing.size", CentralPollster.Kind.PER_RESOURCE),
                        new Sizes("thing.age", CentralPollster.Kind.PER_RESOURCE)),
                List.of(new Things()));
        assertThat(plan.problems()).isEmpty();
        CentralMeasuring measuring =
                new CentralMeasuring(plan, rosters, 4, () -> NOW, () -> 0L, CentralObserver.none());
        List<WorkUnit> units = new ArrayList<>(plan.units());
        units.sort(Comparator.comparing(unit -> unit.name().contains("/")));
        List<String> measured = new ArrayList<>();
        for (WorkUnit unit : units) {
            measuring
                    .measure(unit, unit.slotAt(NOW))
                    .samples()
                    .forEach(sample -> measured.add(unit.source() + " " + sample.resourceId()));
        }
        return measured;
    }

    private static Discovered thing(String id, long size) {
        return new Discovered(id, Map.of("size", size));
    }

    private SlotMeasurements measure(CentralPollster.Kind kind, String unit) throws Exception {
        return measure(measuring(kind), unit);
    }

    private static SlotMeasurements measure(CentralMeasuring measuring, String name) throws Exception {
        WorkUnit unit = new WorkUnit("all", INTERVAL, name);
        return measuring.measure(unit, unit.slotAt(NOW));
    }

    private CentralMeasuring measuring(CentralPollster.Kind kind) throws PollingDefinitionException {
        PollingDefinition definition = PollingDefinition.read("polling.yaml", POLLING);
        WorkPlan plan = new WorkPlan(definition, List.of(new Sizes("thing.size", kind)), List.of(new Things()));
        return new CentralMeasuring(plan, rosters, 4, () -> NOW, () -> 0L, CentralObserver.none());
    }
}
