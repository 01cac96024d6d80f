// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a simulated cloud over HTTP. */
public final class ApiClient implements AutoCloseable {
    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("host", "content-length", "connection", "accept-encoding", "x-auth-token", "x-subject-token");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedCloud cloud;

    public ApiClient(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    /** A token of a user for its own project. */
    public String token(String user) throws IOException, InterruptedException {
        String project =
                cloud.cloud().directory().user(user).orElseThrow().project().name();
        return send("POST", cloud.authUrl() + "/auth/tokens", Map.of(), login(user, "simulated", project))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    static String login(String user, String password, String project) {
        return Json.write(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("password"),
                                "password",
                                Map.of(
                                        "user",
                                        Map.of(
                                                "name", user,
                                                "domain", Map.of("name", "Default"),
                                                "password", password))),
                        "scope",
                        Map.of("project", Map.of("name", project, "domain", Map.of("name", "Default"))))));
    }

    public HttpResponse<String> get(String url, String token, String microversion)
            throws IOException, InterruptedException {
        return send("GET", url, Map.of("X-Auth-Token", token, "OpenStack-API-Version", "compute " + microversion), "");
    }

    public HttpResponse<String> send(String method, String url, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name)) {
                request.header(name, value);
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The ids of a list of servers on a page. */
    public static List<String> ids(HttpResponse<String> response) throws JsonException {
        List<String> ids = new ArrayList<>();
        if (Json.parse(response.body()) instanceof Map<?, ?> tree && tree.get("servers") instanceof List<?> servers) {
            for (Object server : servers) {
                if (server instanceof Map<?, ?> map) {
                    ids.add(String.valueOf(map.get("id")));
                }
            }
        }
        return ids;
    }

    @Override
    public void close() {
        http.close();
    }
}
