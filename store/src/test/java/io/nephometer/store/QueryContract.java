// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.START;
import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.polled;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.samplesOnly;
import static io.nephometer.testkit.ledger.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Event;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerReader.Grouping;
import io.nephometer.store.ledger.MeterStatistics;
import io.nephometer.store.ledger.MeterSummary;
import io.nephometer.store.ledger.MeteredResource;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What questions find, on every engine. */
abstract class QueryContract {
    private static final Meter VCPUS = new Meter("vcpus", MeterType.GAUGE, "vcpu");

    abstract LedgerFixture fixture();

    private Event event(int n, String type, Trait... traits) {
        Event event = new Event(id(n), type, START.plusSeconds(n), List.of(traits), null);
        fixture().commit(converted(event, "body " + n, List.of()));
        return event;
    }

    private List<Event> found(LedgerQuery query) {
        return fixture().events(query);
    }

    @Test
    void eventsAreFoundByTypeWithWildcards() {
        Event create = event(1, "compute.instance.create.end");
        Event delete = event(2, "compute.instance.delete.end");
        Event volume = event(3, "volume.create.end");

        assertThat(found(LedgerQuery.ALL.withType("compute.instance.create.end")))
                .containsExactly(create);
        assertThat(found(LedgerQuery.ALL.withType("compute.*"))).containsExactly(create, delete);
        assertThat(found(LedgerQuery.ALL.withType("*.create.?nd"))).containsExactly(create, volume);
        assertThat(found(LedgerQuery.ALL.withType("compute"))).isEmpty();
        assertThat(found(LedgerQuery.ALL.withType("%"))).isEmpty();
    }

    @Test
    void eventsComeByTimeAndRangesIncludeTheirStartOnly() {
        Event third = event(3, "x");
        Event first = event(1, "x");
        Event second = event(2, "x");

        assertThat(found(LedgerQuery.ALL)).containsExactly(first, second, third);
        assertThat(found(LedgerQuery.ALL.between(first.generated(), third.generated())))
                .containsExactly(first, second);
        assertThat(found(LedgerQuery.ALL.between(first.generated().plusNanos(1), null)))
                .containsExactly(second, third);
        assertThat(found(LedgerQuery.ALL.between(null, first.generated().plusNanos(1))))
                .containsExactly(first);
        assertThat(found(LedgerQuery.ALL.between(Instant.MIN, Instant.MAX))).hasSize(3);
        assertThat(found(LedgerQuery.ALL.withLimit(2))).containsExactly(first, second);
    }

    @Test
    void eventsAreFoundByTraitOfAnyType() {
        Event texts = event(1, "x", text("state", "active \"é\" \\"), text("other", "2"));
        Event ints = event(2, "x", new Trait("vcpus", TraitValue.Int.of(2)), text("state", "error"));
        Event floats = event(3, "x", new Trait("vcpus", new TraitValue.Decimal(2.0)));
        Event huge = event(4, "x", new Trait("vcpus", new TraitValue.Int(BigInteger.TEN.pow(30))));
        Event time = event(5, "x", new Trait("at", new TraitValue.Datetime(Instant.parse("2026-11-22T01:00:00.5Z"))));
        Event nan = event(6, "x", new Trait("vcpus", new TraitValue.Decimal(Double.NaN)));

        assertThat(found(with("state", "active \"é\" \\"))).containsExactly(texts);
        assertThat(found(with("state", "active"))).isEmpty();
        assertThat(found(with("vcpus", "2"))).containsExactly(ints, floats);
        assertThat(found(with("vcpus", "2.0"))).containsExactly(floats);
        assertThat(found(with("vcpus", "1" + "0".repeat(30)))).containsExactly(huge);
        assertThat(found(with("vcpus", "NaN"))).containsExactly(nan);
        assertThat(found(with("at", "2026-11-22T02:00:00.500+01:00"))).containsExactly(time);
        assertThat(found(with("at", "2026-11-22T01:00:00.5"))).containsExactly(time);
        assertThat(found(LedgerQuery.ALL.withTraits(Map.of("vcpus", "2", "state", "error"))))
                .containsExactly(ints);
        assertThat(found(with("%", "2"))).isEmpty();
    }

    private static LedgerQuery with(String trait, String value) {
        return LedgerQuery.ALL.withTraits(Map.of(trait, value));
    }

    private static Sample vcpus(int message, Number volume, String resource, String project, Map<String, ?> metadata) {
        return new Sample(
                new Sample.Origin.Derived(id(message), 0),
                VCPUS,
                volume,
                resource,
                project,
                "u-1",
                START.plusSeconds(message),
                Map.copyOf(metadata));
    }

    private List<Sample> commitThree() {
        List<Sample> samples = new ArrayList<>();
        samples.add(sample(id(1), 1));
        samples.add(vcpus(1, 4L, "r-1", "p-1", samples.getFirst().metadata()));
        samples.add(vcpus(2, 8.5, "r-2", "p-2", Map.of("a.b", Map.of("c", true), "n", 5L)));
        fixture().commit(converted(id(1), "one", samples.subList(0, 2)));
        fixture().commit(converted(id(2), "two", samples.subList(2, 3)));
        return samples;
    }

    @Test
    void samplesAreFoundByMeterResourceProjectAndTime() {
        List<Sample> all = commitThree();

        assertThat(fixture().samples(LedgerQuery.ALL)).containsExactlyElementsOf(all);
        assertThat(fixture().samples(LedgerQuery.ALL.withMeter("vcpus"))).containsExactly(all.get(1), all.get(2));
        assertThat(fixture().samples(LedgerQuery.ALL.withMeter("mem*"))).containsExactly(all.get(0));
        assertThat(fixture().samples(LedgerQuery.ALL.withMeter("cpu"))).isEmpty();
        assertThat(fixture().samples(LedgerQuery.ALL.withResource("r-2"))).containsExactly(all.get(2));
        assertThat(fixture().samples(LedgerQuery.ALL.withResource("unknown"))).isEmpty();
        assertThat(fixture().samples(LedgerQuery.ALL.withProject("p-1"))).containsExactly(all.get(0), all.get(1));
        assertThat(fixture().samples(LedgerQuery.ALL.between(START.plusSeconds(1), START.plusSeconds(2))))
                .containsExactly(all.get(0), all.get(1));
    }

    @Test
    void limitCountsSamplesNotRows() {
        List<Sample> all = commitThree();

        assertThat(fixture().samples(LedgerQuery.ALL.withLimit(1))).containsExactly(all.get(0));
        assertThat(fixture().samples(LedgerQuery.ALL.withLimit(2))).hasSize(2);
        assertThat(fixture().samples(LedgerQuery.ALL.withLimit(99))).hasSize(3);
    }

    @Test
    void samplesAreFoundByMetadata() {
        List<Sample> all = commitThree();

        assertThat(fixture().samples(metadata("flavor.name", "m1.tiny"))).containsExactly(all.get(0), all.get(1));
        assertThat(fixture().samples(metadata("a.b.c", "true"))).containsExactly(all.get(2));
        assertThat(fixture().samples(metadata("n", "5"))).containsExactly(all.get(2));
        assertThat(fixture().samples(metadata("n.x", "5"))).isEmpty();
        assertThat(fixture().samples(metadata("a.b", "{c=true}"))).isEmpty();
    }

    private static LedgerQuery metadata(String path, String value) {
        return LedgerQuery.ALL.withMetadata(Map.of(path, value));
    }

    @Test
    void resourcesAreShownAsOfAnyTimeEvenIfMetadataReturnToWhatTheyWere() {
        List<Map<String, String>> states = List.of(Map.of("s", "A"), Map.of("s", "B"), Map.of("s", "A"));
        for (int n = 1; n <= 3; n++) {
            fixture().commit(converted(id(n), "m" + n, List.of(vcpus(n, (long) n, "r", "p-" + n, states.get(n - 1)))));
        }

        assertThat(resources(LedgerQuery.ALL)).containsExactly(resource("p-3", 3, "A"));
        assertThat(resources(LedgerQuery.ALL.withAsOf(START.plusSeconds(2)))).containsExactly(resource("p-2", 2, "B"));
        assertThat(resources(LedgerQuery.ALL.withAsOf(START.plusSeconds(1).plusMillis(500))))
                .containsExactly(resource("p-1", 1, "A"));
        assertThat(resources(LedgerQuery.ALL.withAsOf(START))).isEmpty();
        assertThat(resources(LedgerQuery.ALL.withMetadata(Map.of("s", "B")))).isEmpty();
        assertThat(resources(LedgerQuery.ALL.withProject("p-2")))
                .containsExactly(new MeteredResource(
                        "r", "p-2", "u-1", START.plusSeconds(2), START.plusSeconds(2), Map.of("s", "B")));
    }

    private static MeteredResource resource(String project, int last, String state) {
        return new MeteredResource(
                "r", project, "u-1", START.plusSeconds(1), START.plusSeconds(last), Map.of("s", state));
    }

    private List<MeteredResource> resources(LedgerQuery query) {
        List<MeteredResource> resources = new ArrayList<>();
        fixture().ledger().reader().resources(query, resources::add);
        return resources;
    }

    @Test
    void metersAreSummedUp() {
        commitThree();
        fixture().commit(samplesOnly(id(9), "nine", List.of(polled(id(109), 7))));
        List<MeterSummary> meters = new ArrayList<>();

        fixture().ledger().reader().meters(LedgerQuery.ALL, meters::add);

        assertThat(meters)
                .containsExactly(
                        new MeterSummary(MEMORY, 2, START.plusSeconds(1), START.plusSeconds(7)),
                        new MeterSummary(VCPUS, 2, START.plusSeconds(1), START.plusSeconds(2)));
    }

    @Test
    void statisticsOfMeterAndByGroup() {
        commitThree();
        List<MeterStatistics> whole = statistics(Set.of());
        List<MeterStatistics> byResource = statistics(Set.of(Grouping.RESOURCE, Grouping.PROJECT));

        assertThat(whole).singleElement().satisfies(it -> {
            assertThat(it.count()).isEqualTo(2);
            assertThat(it.min()).isEqualTo(4.0);
            assertThat(it.max()).isEqualTo(8.5);
            assertThat(it.sum()).isEqualTo(12.5);
            assertThat(it.average()).isEqualTo(6.25);
            assertThat(it.duration()).isEqualTo(Duration.ofSeconds(1));
            assertThat(it.resourceId()).isNull();
        });
        assertThat(byResource).extracting(MeterStatistics::resourceId).containsExactly("r-1", "r-2");
        assertThat(byResource).extracting(MeterStatistics::projectId).containsExactly("p-1", "p-2");
        assertThat(byResource).extracting(MeterStatistics::sum).containsExactly(4.0, 8.5);
    }

    private List<MeterStatistics> statistics(Set<Grouping> groupBy) {
        List<MeterStatistics> statistics = new ArrayList<>();
        fixture().ledger().reader().statistics(LedgerQuery.ALL.withMeter("vcpus"), groupBy, statistics::add);
        return statistics;
    }

    @Test
    void questionIsAnsweredWhileAnotherIsStillBeingRead() {
        commitThree();
        List<Sample> inner = new ArrayList<>();

        fixture().ledger().reader().samples(LedgerQuery.ALL.withLimit(1), outer -> {
            fixture().commit(converted(50));
            fixture().ledger().reader().samples(LedgerQuery.ALL, inner::add);
        });

        assertThat(inner).hasSize(4);
    }
}
