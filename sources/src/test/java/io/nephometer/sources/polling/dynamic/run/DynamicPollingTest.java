// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nephometer.model.Shortfall;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DynamicPollingTest {
    private static final String HEAD = """
            - name: thing
              sample_type: gauge
              unit: thing
              value_attribute: v
              endpoint_type: test
              url_path: v1/things
              response_entries_key: things
            """;
    private static final String PROJECT = """
              extra_metadata_fields:
                name: project
                endpoint_type: identity
                url_path: "'v3/projects/' + sample['project_id']"
                value: name
                response_entries_key: project
            """;

    private final AtomicLong nanos = new AtomicLong();
    private final CannedFetch fetch =
            new CannedFetch().endpoint("test", "http://a.test").endpoint("identity", "http://id.test/identity");
    private final DynamicPolling polling = new DynamicPolling(fetch, nanos::get);

    private static DynamicPollsterDefinition definition(String more) {
        DynamicDefinitions definitions = DynamicDefinitions.read("x.yaml", HEAD + more, DefinitionOptions.DEFAULT);
        assertThat(definitions.problems()).isEmpty();
        return definitions.pollsters().getFirst();
    }

    private DynamicResult poll(String more) throws InterruptedException {
        return polling.poll(definition(more));
    }

    @Test
    void pagesThatLinkInACircleEndWithWhatTheyGave() throws Exception {
        fetch.answer("/v1/things", "{\"things\": [{\"id\": \"a\", \"v\": 1}], \"next\": \"v1/things?p=2\"}")
                .answer("/v1/things?p=2", "{\"things\": [{\"id\": \"b\", \"v\": 2}], \"next\": \"v1/things\"}");

        DynamicResult result = poll("  next_sample_url_attribute: next\n");

        assertThat(result.readings()).extracting(Reading::resourceId).containsExactly("a", "b");
        assertThat(result.shortfalls()).singleElement().satisfies(s -> assertThat(s.detail())
                .contains("in a circle"));
    }

    @Test
    void pagesWithoutEndStopAtABound() throws Exception {
        for (int i = 0; i <= Pages.MOST_PAGES; i++) {
            fetch.answer(
                    i == 0 ? "/v1/things" : "/v1/things?p=" + i,
                    "{\"things\": [], \"next\": \"v1/things?p=" + (i + 1) + "\"}");
        }

        DynamicResult result = poll("  next_sample_url_attribute: next\n");

        assertThat(fetch.asked()).hasSize(Pages.MOST_PAGES);
        assertThat(result.isUnanswered()).isTrue();
    }

    @Test
    void aLinkToAnotherHostIsAskedOfTheEndpointsOwn() throws Exception {
        fetch.answer("/v1/things", "{\"things\": [], \"next\": \"http://inner.test:99/v1/things?p=2\"}")
                .answer("/v1/things?p=2", "{\"things\": []}");

        poll("  next_sample_url_attribute: next\n");

        assertThat(fetch.asked()).allMatch(question -> question.uri().getHost().equals("a.test"));
        assertThat(fetch.paths()).containsExactly("/v1/things", "/v1/things?p=2");
    }

    @Test
    void anEndpointThatFailsCostsNoOther() throws Exception {
        fetch.endpoint("test", "http://b.test/deep/")
                .answer("/deep/v1/things", "{\"things\": [{\"id\": \"b\", \"v\": 1}]}");

        DynamicResult result = poll("");

        assertThat(result.readings()).extracting(Reading::resourceId).containsExactly("b");
        assertThat(result.shortfalls())
                .extracting(Shortfall::detail)
                .containsExactly("GET /v1/things was answered with 404");
    }

    @Test
    void faultyEntriesAreCountedAndTheOthersKept() throws Exception {
        fetch.answer(
                "/v1/things", "{\"things\": [{\"id\": \"a\"}, 5, {\"id\": \"b\", \"v\": \"7\"}, {\"id\": \"c\"}]}");

        DynamicResult result = poll("");

        assertThat(result.readings()).extracting(Reading::resourceId).containsExactly("b");
        assertThat(result.shortfalls()).containsExactly(new Shortfall("dynamic_entry", 3, "a: 'v': there is no key v"));
    }

    @Test
    void anExpressionThatTakesTooMuchCostsItsEntry() throws Exception {
        fetch.answer("/v1/things", "{\"things\": [{\"id\": \"a\", \"v\": 9}, {\"id\": \"b\", \"v\": 1}]}");

        DynamicResult result = polling.poll(DynamicDefinitions.read(
                        "x.yaml",
                        HEAD.replace("value_attribute: v", "value_attribute: v | len('x' * 10 ** value)"),
                        DefinitionOptions.DEFAULT)
                .pollsters()
                .getFirst());

        assertThat(result.readings()).extracting(Reading::volume).containsExactly(10L);
        assertThat(result.shortfalls().getFirst().detail()).startsWith("a: makes a text of more than");
    }

    @Test
    void answersToFurtherRequestsAreKeptForAsLongAsWasSaid() throws Exception {
        fetch.answer("/v1/things", "{\"things\": [{\"id\": \"a\", \"v\": 1, \"project_id\": \"p\"}]}")
                .answer("/identity/v3/projects/p", "{\"project\": {\"name\": \"demo\"}}");
        DynamicPollsterDefinition definition = definition(PROJECT + "  extra_metadata_fields_cache_seconds: 60\n");

        assertThat(polling.poll(definition).readings().getFirst().metadata()).isEqualTo(Map.of("project", "demo"));
        polling.poll(definition);
        assertThat(fetch.paths())
                .filteredOn(path -> path.startsWith("/identity"))
                .hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        polling.poll(definition);
        assertThat(fetch.paths())
                .filteredOn(path -> path.startsWith("/identity"))
                .hasSize(2);
    }

    @Test
    void furtherRequestsStopAfterSomeThatFailed() throws Exception {
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            entries.append(i == 0 ? "" : ",")
                    .append("{\"id\": \"%d\", \"v\": 1, \"project_id\": \"p%d\"}".formatted(i, i));
        }
        fetch.answer("/v1/things", "{\"things\": [" + entries + "]}");

        DynamicResult result = poll(PROJECT);

        assertThat(result.readings()).hasSize(20);
        assertThat(fetch.paths())
                .filteredOn(path -> path.startsWith("/identity"))
                .hasSize(5);
        assertThat(result.shortfalls())
                .extracting(Shortfall::reason, Shortfall::count)
                .containsExactly(tuple("dynamic_metadata", 20L));
    }

    @Test
    void samplesThatHoldWhatIsToBeSkippedAreNotEnriched() throws Exception {
        fetch.answer(
                        "/v1/things",
                        "{\"things\": [{\"id\": \"a\", \"v\": 1, \"project_id\": \"p\"}, {\"id\": \"b\", \"v\": 2, \"project_id\": \"p\"}]}")
                .answer("/identity/v3/projects/p", "{\"project\": {\"name\": \"demo\"}}");

        DynamicResult result = poll(PROJECT + "  extra_metadata_fields_skip: [{}, {value: 1}]\n");

        assertThat(result.readings())
                .extracting(Reading::metadata)
                .containsExactly(Map.of(), Map.of("project", "demo"));
    }

    @Test
    void aServiceThatIsNotThereIsTold() throws Exception {
        DynamicResult result = polling.poll(DynamicDefinitions.read(
                        "x.yaml",
                        HEAD.replace("endpoint_type: test", "endpoint_type: nothing"),
                        DefinitionOptions.DEFAULT)
                .pollsters()
                .getFirst());

        assertThat(result.isUnanswered()).isTrue();
        assertThat(result.shortfalls().getFirst().detail()).isEqualTo("the catalog has no nothing");
    }
}
