// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the simulated cloud what a real one was asked, and compares the answers. */
final class RecordedApiTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** What occurred in the real cloud and does not here: servers in error, images that are being made, swap of GiB. */
    private static final Set<String> NOT_HERE = Set.of(
            ".servers[].fault",
            ".images[].base_image_ref",
            ".images[].owner_user_name",
            ".images[].owner_project_name",
            ".images[].boot_roles",
            ".images[].instance_uuid",
            ".images[].user_id",
            ".images[].image_type",
            ".images[].colour");

    /** What one server or image has and another has not, in the real cloud too. */
    private static final Set<String> NOT_EVERYWHERE = Set.of(
            ".cpu_info",
            ".os_distro",
            ".os_version",
            ".hw_disk_bus",
            ".addresses.",
            ".security_groups",
            ".extra_specs.",
            ".metadata.",
            ":volumes_attached[]");

    private final SimulatedCloud cloud = new SimulatedCloud(
            SimulatedCloudOptions.of(new SimulatedClock(START), 4, 20).withRates(LifeRates.none()));
    private final ApiClient client = new ApiClient(cloud);
    private final Server live = cloud.cloud().guestsOf("compute-0001").getFirst();
    private final Server deleted = cloud.cloud().guestsOf("compute-0001").get(1);
    private final Server stopped = cloud.cloud().guestsOf("compute-0001").get(2);

    @BeforeEach
    void live() throws Exception {
        cloud.start();
        cloud.operations().delete(deleted.id());
        cloud.operations().stop(stopped.id());
        cloud.operations().setMetadata(live.id(), "owner", "lab");
        cloud.offers()
                .createImage(
                        "mine", cloud.cloud().directory().members().getFirst().project(), false, Map.of());
        cloud.advance(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        client.close();
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers-page-1",
                "servers-host-compute-3-latest",
                "servers-detail-all-2.47",
                "servers-limit-0",
                "servers-last-page",
                "servers-as-member-own",
                "servers-as-member-host-filter",
                "server-get-2.1",
                "server-get-latest",
                "changes-since-few",
                "changes-since-few-2.1",
                "changes-since-none",
                "changes-since-page-1",
                "changes-before",
                "flavors-detail-all-2.1",
                "flavors-detail-all-latest",
                "flavors-detail-page",
                "flavor-get-2.1",
                "flavor-get-latest",
                "flavor-get-extra-specs",
                "os-hypervisors-2.1",
                "os-hypervisors-detail-2.1",
                "os-hypervisors-detail-2.87",
                "os-hypervisors-detail-latest",
                "os-hypervisors-servers-2.53",
                "os-services-2.1",
                "os-services-latest",
                "os-services-compute-1",
                "nova-versions",
                "nova-v21",
                "keystone-versions",
                "keystone-v3",
                "keystone-token",
                "keystone-token-nocatalog",
                "keystone-token-unscoped",
                "keystone-validate",
                "keystone-catalog",
                "keystone-projects",
                "keystone-users",
                "glance-versions",
                "glance-images",
                "glance-images-page"
            })
    void answersInTheSameForm(String name) throws Exception {
        RecordedExchange recorded = RecordedExchange.load(name);

        HttpResponse<String> answer = ask(name, recorded);

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(versionHeaders(answer)).isEqualTo(versionHeaders(recorded));
        Map<String, Set<String>> expected = known(JsonShape.of(recorded.responseBody()));
        Map<String, Set<String>> actual = known(JsonShape.of(answer.body()));
        assertThat(differences(expected, actual)).isEmpty();
    }

    private static List<String> differences(Map<String, Set<String>> expected, Map<String, Set<String>> actual) {
        List<String> differences = new ArrayList<>();
        expected.keySet().stream()
                .filter(path -> !actual.containsKey(path))
                .forEach(path -> differences.add("missing " + path));
        actual.forEach((path, types) -> {
            Set<String> more = new TreeSet<>(types);
            more.removeAll(expected.getOrDefault(path, Set.of()));
            more.remove("null");
            if (!expected.containsKey(path) || !more.isEmpty()) {
                differences.add("unexpected " + path + " " + more);
            }
        });
        return differences;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers-marker-unknown",
                "servers-limit-bad",
                "servers-as-member-all-tenants",
                "server-get-deleted-404",
                "changes-since-bad",
                "flavor-get-missing-404",
                "nova-bad-token",
                "nova-no-token",
                "nova-bad-microversion",
                "keystone-token-bad-password",
                "glance-image-404"
            })
    void refusesInTheSameWords(String name) throws Exception {
        RecordedExchange recorded = RecordedExchange.load(name);

        HttpResponse<String> answer = ask(name, recorded);

        assertThat(answer.statusCode()).isEqualTo(recorded.status());
        assertThat(versionHeaders(answer)).isEqualTo(versionHeaders(recorded));
        String ours = answer.body().replace(deleted.id(), "2c1954cd-91aa-4d14-ac19-0bba5f2ccef8");
        assertThat(Json.parse(ours)).isEqualTo(Json.parse(recorded.responseBody()));
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(recorded.responseHeaders().containsKey("www-authenticate"));
    }

    private HttpResponse<String> ask(String name, RecordedExchange recorded) throws Exception {
        Map<String, String> headers = new TreeMap<>(recorded.headers());
        if (headers.containsKey("x-auth-token")) {
            String user = name.startsWith("servers-as-member") ? live.user().name() : "admin";
            headers.put("X-Auth-Token", name.equals("nova-bad-token") ? "gAAAAABnotatoken" : client.token(user));
        }
        if (headers.containsKey("x-subject-token")) {
            headers.put("X-Subject-Token", client.token("customer-01"));
        }
        String service = name.startsWith("keystone")
                ? cloud.authUrl().replace("/v3", "")
                : name.startsWith("glance") ? cloud.glanceUrl() : cloud.novaUrl();
        String body = recorded.body().replace("labpass", "simulated");
        return client.send(recorded.method(), service + target(name, recorded.target()), headers, body);
    }

    /** The same question about what is here. */
    private String target(String name, String recorded) {
        Flavor gold = cloud.cloud().flavors().stream()
                .filter(flavor -> flavor.name().equals("c4.large"))
                .findFirst()
                .orElseThrow();
        Server newest = cloud.cloud().servers().getFirst();
        String target = recorded.replaceAll(
                        "/servers/[0-9a-f-]{36}", "/servers/" + (name.contains("deleted") ? deleted.id() : live.id()))
                .replaceAll("/flavors/[0-9a-f-]{36}", "/flavors/" + gold.id())
                .replaceAll("=compute-[13]", "=compute-0002")
                .replace("58df60c3-fe44-4659-8e56-132b89e59d3b", newest.id())
                .replaceAll("changes-before=[^&]*", "changes-before=2026-03-01T10:00:05Z");
        String since = name.equals("changes-since-none") ? "2026-03-01T11:00:00Z" : "2026-03-01T10:00:00Z";
        return name.equals("changes-since-bad")
                ? target
                : target.replaceAll("changes-since=[^&]*", "changes-since=" + since);
    }

    private static List<String> versionHeaders(HttpResponse<String> answer) {
        return List.of(
                answer.headers().firstValue("OpenStack-API-Version").orElse(""),
                answer.headers().firstValue("X-OpenStack-Nova-API-Version").orElse(""),
                answer.headers().firstValue("Vary").orElse(""));
    }

    private static List<String> versionHeaders(RecordedExchange recorded) {
        return List.of(
                recorded.responseHeaders().getOrDefault("openstack-api-version", ""),
                recorded.responseHeaders().getOrDefault("x-openstack-nova-api-version", ""),
                recorded.responseHeaders().getOrDefault("vary", ""));
    }

    private static Map<String, Set<String>> known(Map<String, Set<String>> shape) {
        Map<String, Set<String>> known = new TreeMap<>();
        shape.forEach((path, types) -> {
            boolean left = NOT_HERE.stream().anyMatch(path::startsWith)
                    || NOT_EVERYWHERE.stream().anyMatch(path::contains);
            if (!left) {
                known.put(path, new TreeSet<>(types));
            }
        });
        return known;
    }

    /** So that the comparison cannot pass for want of servers. */
    @Test
    void deletedServersAreAmongTheCompared() throws Exception {
        HttpResponse<String> answer = ask("changes-since-few", RecordedExchange.load("changes-since-few"));

        assertThat(ApiClient.ids(answer)).containsExactlyInAnyOrder(deleted.id(), stopped.id(), live.id());
    }

    /** The only image recorded alone was not active yet. */
    @Test
    void anImageAloneIsShownAsInTheList() throws Exception {
        String token = client.token("admin");
        String id = cloud.cloud().images().getFirst().id();
        String alone =
                client.get(cloud.glanceUrl() + "/v2/images/" + id, token, "2.1").body();

        assertThat(client.get(cloud.glanceUrl() + "/v2/images", token, "2.1").body())
                .contains(alone);
    }
}
