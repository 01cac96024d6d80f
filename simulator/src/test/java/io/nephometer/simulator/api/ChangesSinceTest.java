// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a list of servers shows, and what it cannot show. */
final class ChangesSinceTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ALL = "/v2.1/servers/detail?all_tenants=1";

    private final SimulatedCloud cloud = new SimulatedCloud(
            SimulatedCloudOptions.of(new SimulatedClock(START), 2, 10).withRates(LifeRates.none()));
    private final ApiClient client = new ApiClient(cloud);
    private final Server server = cloud.cloud().guestsOf("compute-0001").getFirst();
    private String admin = "";

    @BeforeEach
    void start() throws Exception {
        cloud.start();
        admin = client.token("telemetry");
    }

    @AfterEach
    void close() {
        client.close();
        cloud.close();
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.get(cloud.novaUrl() + target, admin, "2.60");
    }

    private List<String> changedSince(Instant since) throws Exception {
        return ApiClient.ids(get(ALL + "&changes-since=" + since));
    }

    /** Lets a minute pass, changes something, and says when that was. */
    private Instant change(Runnable change) {
        cloud.advance(Duration.ofMinutes(1));
        Instant at = cloud.cloud().now();
        change.run();
        cloud.advance(Duration.ofSeconds(10));
        return at;
    }

    @Test
    void settingMetadataAndRenamingAreSeen() throws Exception {
        Instant set = change(() -> cloud.operations().setMetadata(server.id(), "k", "v"));
        assertThat(changedSince(set)).containsExactly(server.id());

        Instant renamed = change(() -> cloud.operations().rename(server.id(), "other"));
        assertThat(changedSince(renamed)).containsExactly(server.id());
    }

    @Test
    void removingMetadataAndTaggingAreNotSeenThoughTheyHappened() throws Exception {
        cloud.operations().setMetadata(server.id(), "k", "v");
        Instant unset = change(() -> cloud.operations().unsetMetadata(server.id(), "k"));
        assertThat(changedSince(unset)).isEmpty();

        Instant tagged = change(() -> cloud.operations().tag(server.id(), List.of("red")));
        assertThat(changedSince(tagged)).isEmpty();

        Map<?, ?> shown = one(get("/v2.1/servers/" + server.id()));
        assertThat(shown.get("tags")).isEqualTo(List.of("red"));
        assertThat(String.valueOf(shown.get("metadata"))).startsWith("{").doesNotContain("k=v");
    }

    @Test
    void deletedServersAreShownTwiceAndAreNotFoundById() throws Exception {
        Instant deleted = change(() -> cloud.operations().delete(server.id()));
        assertThat(changedSince(deleted)).containsExactly(server.id());
        assertThat(get(ALL + "&changes-since=" + deleted).body()).contains("\"DELETED\"");
        assertThat(get("/v2.1/servers/" + server.id()).statusCode()).isEqualTo(404);
        assertThat(ApiClient.ids(get(ALL))).hasSize(19).doesNotContain(server.id());

        Instant later = cloud.cloud().now().plusSeconds(60);
        cloud.advance(Duration.ofMinutes(5));
        assertThat(changedSince(later)).as("the host's clean-up").containsExactly(server.id());

        assertThat(ApiClient.ids(get(ALL + "&deleted=False&changes-since=" + deleted)))
                .isEmpty();
    }

    @Test
    void rowsWithoutUpdatedAreNeverSeen() throws Exception {
        Instant before = cloud.cloud().now();
        String id = cloud.operations()
                .createAndDeleteAtOnce(
                        server.user(),
                        "gone",
                        server.flavor(),
                        server.image(),
                        cloud.cloud().hosts().getFirst());
        cloud.advance(Duration.ofMinutes(10));

        assertThat(changedSince(before.minusSeconds(3600 * 48))).isNotEmpty().doesNotContain(id);
        HttpResponse<String> deleted = get(ALL + "&deleted=1");
        assertThat(ApiClient.ids(deleted)).containsExactly(id);
        assertThat(deleted.body())
                .as("never changed is shown as changed now")
                .contains("\"updated\":\"2026-03-01T10:10:00Z\"");
        assertThat(cloud.notifications().sent()).isPositive();
    }

    @Test
    void theInstantItselfIsIncludedAndFractionsAreNot() throws Exception {
        Instant set = change(() -> cloud.operations().setMetadata(server.id(), "k", "v"));

        assertThat(changedSince(set)).containsExactly(server.id());
        assertThat(changedSince(set.plusMillis(500))).isEmpty();
        assertThat(changedSince(set.plusSeconds(86_400))).isEmpty();
    }

    @Test
    void aPlusHasToBeEscaped() throws Exception {
        assertThat(get(ALL + "&changes-since=2026-03-01T10:00:00%2B00:00").statusCode())
                .isEqualTo(200);
        assertThat(get(ALL + "&changes-since=2026-03-01T10:00:00+00:00").statusCode())
                .isEqualTo(400);
    }

    @Test
    void changesBeforeClosesTheWindowFrom266OnAndIsIgnoredBefore() throws Exception {
        Instant set = change(() -> cloud.operations().setMetadata(server.id(), "k", "v"));
        String window = cloud.novaUrl() + ALL + "&changes-since=" + set + "&changes-before=" + set.minusSeconds(1);

        assertThat(client.get(window, admin, "2.66").statusCode()).isEqualTo(400);
        assertThat(ApiClient.ids(client.get(window, admin, "2.65"))).containsExactly(server.id());
    }

    @Test
    void pagesFollowEachOtherToAnEmptyOne() throws Exception {
        Set<String> seen = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<String> url = Optional.of(cloud.novaUrl() + ALL + "&limit=5");
        while (url.isPresent()) {
            assertThat(sizes).hasSizeLessThan(10);
            HttpResponse<String> page = client.get(url.get(), admin, "2.60");
            List<String> ids = ApiClient.ids(page);
            sizes.add(ids.size());
            seen.addAll(ids);
            url = next(page);
        }

        assertThat(sizes).containsExactly(5, 5, 5, 5, 0);
        assertThat(seen).hasSize(20);
    }

    @Test
    void theNextLinkRepeatsTheLimitThatWasAskedFor() throws Exception {
        try (SimulatedCloud large = new SimulatedCloud(
                SimulatedCloudOptions.of(new SimulatedClock(START), 11, 100).withRates(LifeRates.none()))) {
            large.start();
            try (ApiClient asking = new ApiClient(large)) {
                HttpResponse<String> page =
                        asking.get(large.novaUrl() + ALL + "&limit=5000", asking.token("admin"), "2.1");

                assertThat(ApiClient.ids(page)).hasSize(1000);
                assertThat(next(page).orElseThrow()).contains("limit=5000&marker=");
            }
        }
    }

    @Test
    void aMembersHostFilterIsIgnoredAndAnAdministratorSeesHisProjectAlone() throws Exception {
        String member = client.token(server.user().name());
        long own = cloud.cloud().servers().stream()
                .filter(row -> row.project().equals(server.project()))
                .count();

        assertThat(ApiClient.ids(client.get(cloud.novaUrl() + "/v2.1/servers?host=nowhere", member, "2.1")))
                .hasSize((int) own);
        assertThat(ApiClient.ids(get("/v2.1/servers?host=nowhere&all_tenants=1")))
                .isEmpty();
        assertThat(ApiClient.ids(get("/v2.1/servers"))).isEmpty();
        assertThat(ApiClient.ids(get(ALL + "&host=compute-0002"))).hasSize(10);
    }

    @Test
    void shelvedAndOffloadedServersAreNowhere() throws Exception {
        cloud.operations().shelve(server.id());
        cloud.advance(Duration.ofSeconds(10));

        Map<?, ?> shown = one(get("/v2.1/servers/" + server.id()));
        assertThat(shown.get("status")).isEqualTo("SHELVED_OFFLOADED");
        assertThat(shown.get("OS-EXT-SRV-ATTR:host")).isNull();
        assertThat(ApiClient.ids(get(ALL + "&host=compute-0001"))).doesNotContain(server.id());
    }

    private static Map<?, ?> one(HttpResponse<String> response) throws Exception {
        Map<?, ?> tree = (Map<?, ?>) Objects.requireNonNull(Json.parse(response.body()));
        return (Map<?, ?>) Objects.requireNonNull(tree.get("server"));
    }

    private static Optional<String> next(HttpResponse<String> page) throws Exception {
        @Nullable Object links = ((Map<?, ?>) Objects.requireNonNull(Json.parse(page.body()))).get("servers_links");
        if (!(links instanceof List<?> list)) {
            return Optional.empty();
        }
        return Optional.of(String.valueOf(((Map<?, ?>) list.getFirst()).get("href")));
    }
}
