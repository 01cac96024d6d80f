// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.run.DynamicFetch;
import io.nephometer.sources.polling.dynamic.run.DynamicPolling;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicUnitsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:03:00Z");
    private static final String DEFINITIONS = """
            - {name: a.size, sample_type: gauge, unit: GB, value_attribute: v, endpoint_type: t, url_path: a}
            - {name: b.size, sample_type: gauge, unit: GB, value_attribute: v, endpoint_type: t, url_path: b}
            """;
    private static final String POLLING = """
            sources:
              - {name: often, interval: 60, meters: [a.size, cpu]}
              - {name: all, interval: 600, meters: ['*']}
              - {name: again, interval: 600, meters: [b.size]}
            """;

    private String answer = "{}";
    private int status = 200;
    private int asked;

    private DynamicUnits units() throws Exception {
        return units(DEFINITIONS, POLLING);
    }

    private DynamicUnits units(String definitions, String polling) throws Exception {
        DynamicFetch fetch = new DynamicFetch() {
            @Override
            public List<URI> endpoints(String serviceType) {
                return List.of(URI.create("http://t.test"));
            }

            @Override
            public Answer fetch(Question question) {
                asked++;
                return new Answer(status, null, answer.getBytes(StandardCharsets.UTF_8));
            }
        };
        return new DynamicUnits(
                PollingDefinition.read("polling.yaml", polling).sources(),
                DynamicDefinitions.read("x.yaml", definitions, DefinitionOptions.DEFAULT)
                        .pollsters(),
                new DynamicPolling(fetch, () -> 0),
                () -> NOW,
                () -> 7);
    }

    @Test
    void eachPollsterIsAUnitOfTheFirstSourceOfAnInterval() throws Exception {
        assertThat(units().units())
                .containsExactly(
                        new WorkUnit("often", Duration.ofSeconds(60), "dynamic/a.size"),
                        new WorkUnit("all", Duration.ofSeconds(600), "dynamic/a.size"),
                        new WorkUnit("all", Duration.ofSeconds(600), "dynamic/b.size"));
    }

    @Test
    void readingsBecomeSamplesOfTheSlot() throws Exception {
        answer =
                "{\"things\": [{\"id\": \"r\", \"v\": \"2.5\", \"project_id\": \"p\"}, {\"id\": \"r\", \"v\": 3}, {\"v\": 1},"
                        + " {\"id\": \"s\", \"v\": \"big\"}, {\"id\": 5, \"v\": true}]}";
        WorkUnit unit = units().units().iterator().next();

        SlotMeasurements measured = units().measure(unit, unit.slotAt(NOW));

        assertThat(measured.member()).isEqualTo("dynamic/a.size");
        assertThat(measured.samples())
                .extracting(Sample::resourceId, Sample::volume, Sample::projectId, Sample::timestamp)
                .containsExactly(tuple("r", 2.5, "p", NOW), tuple("5", 1L, null, NOW));
        assertThat(measured.shortfalls())
                .containsExactly(
                        new Shortfall("dynamic_double", 1, "a.size of r comes more than once; the first counts"),
                        new Shortfall("dynamic_resource", 1, "a.size: an entry has no id; set resource_id_attribute"),
                        new Shortfall("dynamic_volume", 1, "a.size of s: no number: big"));
    }

    @Test
    void nothingAtAllMayBeTriedAgain() throws Exception {
        status = 503;
        WorkUnit unit = units().units().iterator().next();

        assertThatExceptionOfType(UnmeasurableException.class)
                .isThrownBy(() -> units().measure(unit, unit.slotAt(NOW)))
                .satisfies(e -> assertThat(e.why().detail()).isEqualTo("a.size: GET /a was answered with 503"));
    }

    @Test
    void anEmptyListIsAMeasurement() throws Exception {
        answer = "{\"things\": []}";
        WorkUnit unit = units().units().iterator().next();

        SlotMeasurements measured = units().measure(unit, unit.slotAt(NOW));

        assertThat(measured.isMissing()).isFalse();
        assertThat(measured.samples()).isEmpty();
        assertThat(measured.shortfalls()).isEmpty();
    }

    @Test
    void thoseThatAskTheSameAskOnce() throws Exception {
        answer = "{\"things\": [{\"id\": \"r\", \"v\": 2, \"w\": 3}]}";
        String definitions = """
                - {name: c.size, sample_type: gauge, unit: GB, value_attribute: v, endpoint_type: t, url_path: c}
                - {name: c.age, sample_type: gauge, unit: s, value_attribute: w, endpoint_type: t, url_path: c}
                - {name: c.lost, sample_type: gauge, unit: s, value_attribute: x, endpoint_type: t, url_path: c}
                """;
        DynamicUnits units = units(definitions, "sources: [{name: all, interval: 60, meters: [c.age, c.lost]}]");
        WorkUnit unit = units.units().iterator().next();
        assertThat(units.units()).hasSize(1);
        assertThat(unit.name())
                .as("that of the first which asks so, wanted or not")
                .isEqualTo("dynamic/c.size");

        SlotMeasurements measured = units.measure(unit, unit.slotAt(NOW));

        assertThat(asked).isEqualTo(1);
        assertThat(measured.samples())
                .extracting(sample -> sample.meter().name(), Sample::volume)
                .containsExactly(tuple("c.age", 3L));
        assertThat(measured.shortfalls()).extracting(Shortfall::reason).containsExactly("dynamic_entry");
    }
}
