// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.MeterType;
import io.nephometer.runtime.yaml.DefinitionProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DynamicDefinitionsTest {
    private static DynamicDefinitions read(String text) {
        return DynamicDefinitions.read("x.yaml", text, DefinitionOptions.DEFAULT);
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(DefinitionProblem::text).toList();
    }

    @Test
    void whatIsNotSaidHasCeilometersDefaults() {
        DynamicPollsterDefinition definition = read("""
                - name: a
                  sample_type: cumulative
                  unit: u
                  value_attribute: v
                  endpoint_type: t
                  url_path: p
                """).pollsters().getFirst();

        assertThat(definition.type()).isEqualTo(MeterType.CUMULATIVE);
        assertThat(definition.namespaces()).containsExactly("central");
        assertThat(definition.request().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(definition.request().handlers()).containsExactly(ResponseHandler.JSON);
        assertThat(definition.values().fallback()).isEqualTo(-1L);
        assertThat(definition.metadata().keepsOld()).isTrue();
        assertThat(definition.enrichment().cached()).isEqualTo(Duration.ofHours(1));
        assertThat(definition.place()).isEqualTo("x.yaml:1");
    }

    @Test
    void everyKeyIsRead() {
        DynamicPollsterDefinition definition = read("""
                - name: a.{kind}
                  sample_type: delta
                  unit: u
                  value_attribute: '[list].n'
                  url_path: http://other.test/x
                  module: requests.auth
                  authentication_object: HTTPBasicAuth
                  authentication_parameters: user, p$ss
                  headers: {X-A: 1}
                  timeout: 2.5
                  namespaces: [compute, central]
                  response_handlers: [xml, text]
                  response_entries_key: a.b | value
                  next_sample_url_attribute: next
                  user_id_attribute: u
                  project_id_attribute: p
                  resource_id_attribute: id
                  value_mapping: {ON: 1}
                  default_value: 0
                  skip_sample_values: [x, null]
                  metadata_fields: [m]
                  metadata_mapping: {m: n}
                  preserve_mapped_metadata: no
                  extra_metadata_fields_cache_seconds: 5
                  extra_metadata_fields_skip: [{a: 1}]
                  extra_metadata_fields: {name: e, endpoint_type: t, url_path: p, value: w}
                """).pollsters().getFirst();

        assertThat(definition.values().source())
                .isInstanceOfSatisfying(VolumeSource.Several.class, several -> assertThat(several)
                        .extracting(VolumeSource.Several::list, VolumeSource.Several::attribute)
                        .containsExactly("list", "kind"));
        assertThat(definition.request().target()).isInstanceOfSatisfying(Target.Url.class, url -> {
            assertThat(url.parameters()).containsExactly("user", "p$ss");
            assertThat(url.toString()).doesNotContain("p$ss");
        });
        assertThat(definition.request().headers()).isEqualTo(Map.of("X-A", "1"));
        assertThat(definition.request().timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(definition.namespaces()).isEqualTo(Set.of("compute", "central"));
        assertThat(definition.request().handlers()).containsExactly(ResponseHandler.XML, ResponseHandler.TEXT);
        assertThat(definition.identity().resource()).as("the usual key").isNull();
        assertThat(definition.values().fallback()).isEqualTo(0L);
        assertThat(definition.values().skipped()).containsExactly("x", null);
        assertThat(definition.metadata().keepsOld()).isFalse();
        DynamicPollsterDefinition extra = definition.enrichment().fields().getFirst();
        assertThat(extra.type()).isEqualTo(MeterType.DELTA);
        assertThat(extra.unit()).isEqualTo("u");
        assertThat(extra.enrichment().cached()).isEqualTo(Duration.ofSeconds(5));
        assertThat(extra.enrichment().skipped()).containsExactly(Map.of("a", 1L));
        assertThat(extra.values().mapping()).isEmpty();
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsPlace() {
        assertThat(problems("""
                - name: a b
                  sample_type: gauge
                  unit: ''
                  value_attribute: v | nothing(value)
                  endpoint_type: t
                  url_path: p
                  timeout: soon
                  headers: {"X Y": 1}
                  metadata_fields: [m, 5]
                  resource_id_attribute: id |
                  extra_metadata_fields:
                    - name: e
                      endpoint_type: t
                      url_path: "'x' + 1 +"
                """))
                .containsExactly(
                        "x.yaml:1: a b.name: must be words with dots between, at the end maybe .{attribute} (value: \"a b\")",
                        "x.yaml:3: a b.unit: is required (value: \"\")",
                        "x.yaml:7: a b.timeout: must be a number of seconds (value: \"soon\")",
                        "x.yaml:8: a b.headers: X Y cannot be sent as a header with this value (value: {\"X Y\":\"1\"})",
                        "x.yaml:4: a b.value_attribute: in the operation 'nothing(value)': there is no nothing here; a text"
                                + " needs quotes, at character 1 (value: \"v | nothing(value)\")",
                        "x.yaml:10: a b.resource_id_attribute: the operation '' must use value, at character 1 (value: \"id |\")",
                        "x.yaml:9: a b.metadata_fields: must be a text (value: 5)",
                        "x.yaml:14: e.url_path: is no expression: unexpected end, at character 10 (value: \"'x' + 1 +\")");
    }

    @Test
    void furtherRequestsWithinEachOtherEndSomewhere() {
        StringBuilder text = new StringBuilder(
                "- {name: a, sample_type: gauge, unit: u, value_attribute: v, endpoint_type: t, url_path: p");
        for (int i = 0; i < 7; i++) {
            text.append(", extra_metadata_fields: {name: e, endpoint_type: t, url_path: p");
        }
        assertThat(problems(text + "}".repeat(8))).singleElement().satisfies(problem -> assertThat(problem)
                .contains("deeper than 5 levels"));
    }

    @Test
    void commandsAreRefusedUnlessTheyAreAllowed() {
        String text = "- {name: a, sample_type: gauge, unit: u, host_command: date, value_attribute: out}";

        assertThat(problems(text)).singleElement().satisfies(problem -> assertThat(problem)
                .contains("commands are not run"));
        assertThat(DynamicDefinitions.read("x.yaml", text, new DefinitionOptions(true, Set.of()))
                        .problems())
                .isEmpty();
    }

    @Test
    void secretsOfBarbicanAreRefused() {
        assertThat(problems("""
                - {name: a, sample_type: gauge, unit: u, value_attribute: v, url_path: 'http://a.test', module: m,
                   authentication_object: none, barbican_secret_id: 5f}
                """)).singleElement().satisfies(problem -> assertThat(problem)
                .contains("Barbican"));
    }
}
