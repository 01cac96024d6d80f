// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.faults.FaultRule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String ALL = "/v2.1/servers/detail?all_tenants=1";

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final SimulatedCloud cloud = new SimulatedCloud(
            SimulatedCloudOptions.of(new SimulatedClock(START), 2, 5)
                    .withRates(LifeRates.none())
                    .withCells(2)
                    .withTokenLifetime(Duration.ofMinutes(5)),
            pauses::add);
    private final ApiClient client = new ApiClient(cloud);
    private String admin = "";

    @BeforeEach
    void start() throws Exception {
        cloud.start();
        admin = client.token("admin");
    }

    @AfterEach
    void close() {
        client.close();
        cloud.close();
    }

    private HttpResponse<String> list() throws Exception {
        return client.get(cloud.novaUrl() + ALL, admin, "2.60");
    }

    @Test
    void anErrorStatusStrikesAsOftenAsItShouldAndOnlyThere() throws Exception {
        cloud.faults()
                .add(FaultRule.always(new Fault.Status(503, Duration.ofSeconds(7)))
                        .on("nova")
                        .at("/servers")
                        .times(2));

        assertThat(list().headers().firstValue("Retry-After")).contains("7");
        assertThat(client.get(cloud.novaUrl() + "/v2.1/flavors/detail", admin, "2.1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(list().statusCode()).isEqualTo(503);
        assertThat(list().statusCode()).isEqualTo(200);
        assertThat(cloud.faults().struck()).isEqualTo(2);
    }

    @Test
    void aFaultEndsWhenItsTimeIsOver() throws Exception {
        cloud.faults().add(FaultRule.always(new Fault.Status(500, null)).until(START.plusSeconds(60)));
        assertThat(list().statusCode()).isEqualTo(500);

        cloud.advance(Duration.ofSeconds(60));
        assertThat(list().statusCode()).isEqualTo(200);
    }

    @Test
    void aPageForPeopleComesWithStatus200() throws Exception {
        cloud.faults().add(FaultRule.always(new Fault.HtmlPage()).times(1));

        HttpResponse<String> answer = list();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<html>");
    }

    @Test
    void truncatedBodiesAndResetConnectionsAreErrorsOfTheConnection() throws Exception {
        cloud.faults().add(FaultRule.always(new Fault.TruncatedBody()).times(1));
        assertThatThrownBy(this::list).isInstanceOf(IOException.class);

        cloud.faults().add(FaultRule.always(new Fault.Reset())); // always, since the JDK's client tries again by itself
        assertThatThrownBy(this::list).isInstanceOf(IOException.class);
        cloud.faults().clear();
        assertThat(list().statusCode()).isEqualTo(200);
        assertThat(cloud.requests().last()).anyMatch(request -> request.status() == 0);
    }

    @Test
    void slowAnswersPassTheTimeAsTheyAreTold() throws Exception {
        cloud.faults()
                .add(FaultRule.always(new Fault.Slow(Duration.ofSeconds(30))).times(1));

        assertThat(list().statusCode()).isEqualTo(200);
        assertThat(pauses).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void theWrongPageIsTheFirstOne() throws Exception {
        List<String> first = ApiClient.ids(client.get(cloud.novaUrl() + ALL + "&limit=3", admin, "2.60"));
        String second = cloud.novaUrl() + ALL + "&limit=3&marker=" + first.getLast();
        assertThat(ApiClient.ids(client.get(second, admin, "2.60"))).doesNotContainAnyElementsOf(first);

        cloud.faults().add(FaultRule.always(new Fault.WrongPage()).times(1));
        assertThat(ApiClient.ids(client.get(second, admin, "2.60"))).isEqualTo(first);
    }

    @Test
    void serversOfCellsThatAreDownAreLeftOutOrUnknown() throws Exception {
        cloud.faults().downCells(Set.of(1));

        assertThat(ApiClient.ids(list())).hasSize(5);
        HttpResponse<String> newer = client.get(cloud.novaUrl() + ALL, admin, "2.69");
        assertThat(ApiClient.ids(newer)).hasSize(10);
        assertThat(newer.body()).contains("\"UNKNOWN\"");
        assertThat(ApiClient.ids(client.get(cloud.novaUrl() + ALL + "&limit=50", admin, "2.69")))
                .hasSize(5);
    }

    @Test
    void cellsThatDoNotAnswerAreWaitedFor_whereTheyAreAsked() throws Exception {
        Duration wait = FaultPlan.CELL_TIMEOUT;
        cloud.faults().downCells(Set.of(1), wait);

        assertThat(ApiClient.ids(list())).hasSize(5);
        client.get(cloud.novaUrl() + "/v2.1/os-services", admin, "2.69");
        assertThat(pauses).containsExactly(wait, wait);

        client.get(cloud.novaUrl() + "/v2.1/flavors/detail", admin, "2.69");
        cloud.cloud().servers().forEach(server -> get("/v2.1/servers/" + server.id()));
        assertThat(pauses).as("two lists, and the servers of that cell").hasSize(2 + 5);

        cloud.faults().downCells(Set.of(1));
        assertThat(ApiClient.ids(list())).as("a cell that refuses").hasSize(5);
        cloud.faults().clear();
        assertThat(ApiClient.ids(list())).hasSize(10);
        assertThat(pauses).hasSize(2 + 5);
    }

    private void get(String path) {
        try {
            assertThat(client.get(cloud.novaUrl() + path, admin, "2.69").statusCode())
                    .isEqualTo(200);
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    @Test
    void theControllersClockMayBeWrong() throws Exception {
        cloud.cloud().skewClock(Duration.ofMinutes(3));
        String id = cloud.cloud().servers().getFirst().id();
        cloud.operations().setMetadata(id, "k", "v");

        HttpResponse<String> answer = list();
        assertThat(answer.headers().firstValue("Date")).contains("Sun, 01 Mar 2026 10:03:00 GMT");
        assertThat(answer.body()).contains("\"updated\":\"2026-03-01T10:03:00Z\"");
    }

    @Test
    void answersMayBeUndated() throws Exception {
        try (SimulatedCloud undated = new SimulatedCloud(
                SimulatedCloudOptions.of(new SimulatedClock(START), 1, 1).withDateHeader(false))) {
            undated.start();
            assertThat(client.get(undated.novaUrl() + "/", "", "2.1").headers().map())
                    .doesNotContainKey("date")
                    .containsKey("content-type");
        }
    }

    @Test
    void tokensExpireAndAreRefusedEverywhere() throws Exception {
        assertThat(client.get(cloud.glanceUrl() + "/v2/images", admin, "2.1").statusCode())
                .isEqualTo(200);
        cloud.advance(Duration.ofMinutes(5));

        assertThat(list().statusCode()).isEqualTo(401);
        assertThat(client.get(cloud.glanceUrl() + "/v2/images", admin, "2.1").statusCode())
                .isEqualTo(401);
        assertThat(client.get(cloud.authUrl() + "/auth/catalog", admin, "2.1").statusCode())
                .isEqualTo(401);
        admin = client.token("admin");
        assertThat(list().statusCode()).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByWhatTheyAre() throws Exception {
        cloud.requests().clear();
        list();
        list();
        client.send(
                "GET",
                cloud.novaUrl() + ALL + "&changes-since=2026-03-01T09:00:00Z",
                Map.of("X-Auth-Token", admin, "User-Agent", "agent-7 (refresh)"),
                "");
        client.get(cloud.novaUrl() + "/v2.1/flavors/1", admin, "2.1");
        client.get(cloud.novaUrl() + "/v2.1/flavors/1", "wrong", "2.1");

        List<LoggedRequest.Asked> kinds =
                new ArrayList<>(cloud.requests().counts().keySet());
        assertThat(cloud.requests().total()).isEqualTo(5);
        assertThat(cloud.requests().count(asked -> asked.kind() == QueryKind.FULL))
                .isEqualTo(2);
        assertThat(kinds)
                .contains(new LoggedRequest.Asked(
                        "nova",
                        "GET",
                        "/v2.1/servers/detail",
                        QueryKind.DELTA,
                        "admin",
                        "agent-7 (refresh)",
                        "refresh"));
        assertThat(cloud.requests().count(asked -> asked.path().equals("/v2.1/flavors/{id}")))
                .isEqualTo(2);
        assertThat(cloud.requests().count(asked -> asked.user().equals("-"))).isEqualTo(1);
        assertThat(cloud.requests().last()).hasSize(5).last().satisfies(last -> assertThat(last.status())
                .isEqualTo(401));
    }

    @Test
    void applicationCredentialsAreBoundToTheirProject() throws Exception {
        var user = cloud.cloud().directory().telemetry();
        var credential = cloud.applicationCredential(user);
        String body = """
                {"auth": {"identity": {"methods": ["application_credential"], "application_credential":
                  {"id": "%s", "secret": "%s"}}}}""".formatted(credential.id(), credential.secret());

        HttpResponse<String> token = client.send("POST", cloud.authUrl() + "/auth/tokens", Map.of(), body);
        assertThat(token.statusCode()).isEqualTo(201);
        assertThat(token.body()).contains(user.project().id(), "application_credential", cloud.novaUrl() + "/v2.1");
        String wrong = body.replace(credential.secret(), "wrong");
        assertThat(client.send("POST", cloud.authUrl() + "/auth/tokens", Map.of(), wrong)
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.send("POST", cloud.authUrl() + "/auth/tokens", Map.of(), "{")
                        .statusCode())
                .isEqualTo(400);
    }
}
