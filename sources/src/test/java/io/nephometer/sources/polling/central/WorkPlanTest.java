// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class WorkPlanTest {
    private record Named(String name) implements Discovery {
        @Override
        public long list(Consumer<Discovered> each) {
            return 0;
        }
    }

    private record Silent(String name, String defaultDiscovery, Kind kind) implements CentralPollster {
        @Override
        public void poll(Discovered resource, ValueSink to) {}
    }

    private static final List<CentralPollster> POLLSTERS = List.of(
            new Silent("image.size", "images", CentralPollster.Kind.LISTED),
            new Silent("volume.size", "volumes", CentralPollster.Kind.LISTED),
            new Silent("storage.objects", "tenant", CentralPollster.Kind.PER_RESOURCE));

    @Test
    void aListingIsOneUnitForAllItsPollsters() throws Exception {
        assertThat(plan("[{name: a, interval: 60, meters: ['image.*', volume.size, cpu]}]")
                        .units())
                .extracting(WorkUnit::key)
                .containsExactly("a/60 s/images", "a/60 s/volumes");
    }

    @Test
    void workPerResourceIsAListingAndSixtyFourPartitions() throws Exception {
        List<WorkUnit> units =
                plan("[{name: a, interval: 60, meters: [storage.objects]}]").units();

        assertThat(units)
                .hasSize(65)
                .extracting(WorkUnit::name)
                .startsWith("tenant", "tenant/0")
                .endsWith("tenant/63");
    }

    @Test
    void fixedResourcesNeedNoListing() throws Exception {
        List<WorkUnit> units = plan("[{name: a, interval: 60, meters: [storage.objects], resources: [p1]}]")
                .units();

        assertThat(units).hasSize(64).extracting(WorkUnit::name).doesNotContain("tenant");
    }

    @Test
    void resourcesOfWhatAListingTellsAreWarnedOf() throws Exception {
        assertThat(plan("[{name: a, interval: 60, meters: [image.size], resources: [i1]}]")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("a.resources", "image.size", "images"));
    }

    @Test
    void ofOneIntervalTheFirstSourceMeasures() throws Exception {
        assertThat(plan("""
                        [{name: a, interval: 60, meters: [image.size]},
                         {name: b, interval: 60, meters: [image.size]},
                         {name: c, interval: 30, meters: [image.size]}]""").units()).extracting(WorkUnit::key).containsExactly("a/60 s/images", "c/30 s/images");
    }

    @Test
    void sourcesOfOneNameShareTheirUnits() throws Exception {
        assertThat(plan("""
                        [{name: a, interval: 60, meters: [image.size]},
                         {name: a, interval: 60, meters: [volume.size, image.size]}]""").units()).extracting(WorkUnit::name).containsExactly("images", "volumes");
    }

    @Test
    void aDiscoveryOfOtherThingsIsSaid() throws Exception {
        WorkPlan plan = plan("[{name: a, interval: 60, meters: [image.size], discovery: [tenant]}]");

        assertThat(plan.units()).isEmpty();
        assertThat(plan.problems()).hasSize(1).first().asString().contains("image.size does not measure what tenant");
    }

    private static WorkPlan plan(String sources) throws PollingDefinitionException {
        PollingDefinition definition = PollingDefinition.read("polling.yaml", "sources: " + sources);
        return new WorkPlan(
                definition, POLLSTERS, List.of(new Named("images"), new Named("volumes"), new Named("tenant")));
    }
}
