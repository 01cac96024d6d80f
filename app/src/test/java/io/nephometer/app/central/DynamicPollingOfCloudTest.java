// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Sample;
import io.nephometer.model.WorkUnit;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.Image;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.dynamic.DynamicUnits;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.run.CloudFetch;
import io.nephometer.sources.polling.dynamic.run.DynamicPolling;
import io.nephometer.sources.polling.dynamic.run.WebFetch;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dynamic pollsters against a simulated cloud: log-in, catalog, pages, samples. */
class DynamicPollingOfCloudTest {
    private static final InstantSource CLOCK = WallClock.system();
    private static final String DEFINITIONS = """
            - name: dynamic.image.size
              sample_type: gauge
              unit: B
              endpoint_type: image
              url_path: v2/images?limit=2
              response_entries_key: images
              next_sample_url_attribute: next
              value_attribute: size | value or 0
              project_id_attribute: owner
              metadata_fields: [name, status]
            - name: dynamic.nothing
              sample_type: gauge
              unit: x
              endpoint_type: rating
              url_path: v1/x
              value_attribute: v
            """;

    @Test
    void samplesAreWhatTheServiceLists() throws Exception {
        try (SimulatedCloud simulated = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 1, 5))) {
            simulated.start();
            try (OpenStackCloud cloud = cloud(simulated.authUrl());
                    WebFetch web = new WebFetch(null)) {
                Map<String, Long> listed = new HashMap<>();
                cloud.glance().images(Reason.COMMAND, image -> listed.put(image.id(), size(image)));
                DynamicUnits units = units(new CloudFetch(cloud::service, web));
                WorkUnit unit = unit(units, "dynamic/dynamic.image.size");

                SlotMeasurements measured = units.measure(unit, unit.slotAt(CLOCK.instant()));

                assertThat(measured.shortfalls()).isEmpty();
                assertThat(measured.samples()).hasSizeGreaterThan(2).allSatisfy(sample -> assertThat(sample.metadata())
                        .containsKeys("name", "status"));
                assertThat(measured.samples().stream()
                                .collect(Collectors.toMap(Sample::resourceId, sample -> sample.volume()
                                        .longValue())))
                        .isEqualTo(listed);
            }
        }
    }

    @Test
    void aServiceThatTheCloudDoesNotHaveIsNamed_andLeavesNoGap() throws Exception {
        try (SimulatedCloud simulated = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 1, 1))) {
            simulated.start();
            try (OpenStackCloud cloud = cloud(simulated.authUrl());
                    WebFetch web = new WebFetch(null)) {
                DynamicUnits units = units(new CloudFetch(cloud::service, web));
                WorkUnit unit = unit(units, "dynamic/dynamic.nothing");

                SlotMeasurements measured = units.measure(unit, unit.slotAt(CLOCK.instant()));

                assertThat(measured.samples()).isEmpty();
                assertThat(measured.shortfalls()).singleElement().satisfies(shortfall -> {
                    assertThat(shortfall.isNothing()).isTrue();
                    assertThat(shortfall.detail()).contains("rating endpoint: wanted public, the catalog has none");
                });
            }
        }
    }

    private static long size(Image image) {
        Long size = image.sizeBytes();
        return size == null ? 0 : size;
    }

    private static DynamicUnits units(CloudFetch fetch) throws Exception {
        return new DynamicUnits(
                PollingDefinition.read("polling.yaml", "sources: [{name: all, interval: 600, meters: ['*']}]")
                        .sources(),
                DynamicDefinitions.read("x.yaml", DEFINITIONS, DefinitionOptions.DEFAULT)
                        .pollsters(),
                new DynamicPolling(fetch, Ticker.system()),
                CLOCK,
                Ticker.system());
    }

    private static WorkUnit unit(DynamicUnits units, String name) {
        List<WorkUnit> found =
                units.units().stream().filter(unit -> unit.name().equals(name)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static OpenStackCloud cloud(String authUrl) throws Exception {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(authUrl),
                new Credentials.Password(Named.name("telemetry"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("service"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        return OpenStackCloud.of(access, ApiSettings.defaults(), ApiTime.system(new Random(1)), call -> {});
    }
}
