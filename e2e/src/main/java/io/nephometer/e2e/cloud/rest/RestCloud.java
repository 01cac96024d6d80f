// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import io.nephometer.openstack.access.Authorities;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cloud by its API, told apart from the product's own clients so that these can be held against it. It also makes and removes
 * things, which the product never does. For one thread.
 */
public final class RestCloud implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LARGEST_LIST = 1000;

    private final CloudAccess access;
    private final HttpClient http;
    private @Nullable Login login;

    /** Asks nothing yet. */
    public RestCloud(CloudAccess access) throws ConfigException {
        this.access = access;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
        Path authorities = access.authorities();
        if (authorities != null) {
            builder.sslContext(Authorities.trusting(authorities));
        }
        this.http = builder.build();
    }

    /** The project that is logged in to; empty if it is none. */
    public String projectId() throws IOException, InterruptedException {
        return login().projectId();
    }

    /** Whether the catalog has a service. */
    public boolean has(ServiceType service) throws IOException, InterruptedException {
        return login().endpoint(access, service).isPresent();
    }

    /** The address of a service with its version, without a slash at its end. */
    public String url(ServiceType service) throws IOException, InterruptedException {
        String url = login().endpoint(access, service)
                .orElseThrow(() -> new IOException("the catalog has no " + service.label()));
        return url.matches(".*/v\\d[^/]*(/.*)?") ? url : url + Versions.path(service);
    }

    /** An object; the path begins with a slash. */
    public Map<?, ?> get(ServiceType service, String path) throws IOException, InterruptedException {
        return json(expect(send(service, "GET", url(service) + path, null, Map.of())));
    }

    /** A list to its end: the objects below {@code key}, over all pages. */
    public List<Map<?, ?>> list(ServiceType service, String path, String key) throws IOException, InterruptedException {
        List<Map<?, ?>> all = new ArrayList<>();
        String next = url(service) + path;
        for (int page = 0; next != null; page++) {
            if (page == LARGEST_LIST) {
                throw new IOException(path + " has no end");
            }
            Map<?, ?> answer = json(expect(send(service, "GET", next, null, Map.of())));
            all.addAll(Fields.list(answer.get(key)));
            next = Versions.next(answer, key, next);
        }
        return all;
    }

    /** Makes something, and gives what the service says of it. */
    public Map<?, ?> post(ServiceType service, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        byte[] text = Json.write(body).getBytes(StandardCharsets.UTF_8);
        return json(
                expect(send(service, "POST", url(service) + path, text, Map.of("Content-Type", "application/json"))));
    }

    /** Puts data there. */
    public void put(ServiceType service, String path, byte[] data) throws IOException, InterruptedException {
        expect(send(service, "PUT", url(service) + path, data, Map.of("Content-Type", "application/octet-stream")));
    }

    /** Removes something; whether it was there. */
    public boolean delete(ServiceType service, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(service, "DELETE", url(service) + path, null, Map.of());
        return answer.statusCode() != 404 && expect(answer) != null;
    }

    /** Asks any address of a service, and gives the answer whatever its status. */
    public HttpResponse<byte[]> send(
            ServiceType service, String method, String url, byte @Nullable [] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = once(service, method, url, body, headers);
        if (answer.statusCode() == 401) {
            login = null;
            answer = once(service, method, url, body, headers);
        }
        return answer;
    }

    private HttpResponse<byte[]> once(
            ServiceType service, String method, String url, byte @Nullable [] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(LIMIT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("X-Auth-Token", login().token())
                .header("Accept", "application/json");
        Versions.headers(service).forEach(request::header);
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private Login login() throws IOException, InterruptedException {
        Login known = login;
        if (known == null) {
            String keystone = access.authUrl().toString().replaceFirst("(/v3)?/?$", "/v3");
            HttpRequest request = HttpRequest.newBuilder(URI.create(keystone + "/auth/tokens"))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.write(LoginBody.of(access))))
                    .build();
            HttpResponse<byte[]> answer = expect(http.send(request, BodyHandlers.ofByteArray()));
            known = Login.of(answer.headers().firstValue("X-Subject-Token").orElse(""), json(answer));
            login = known;
        }
        return known;
    }

    private static HttpResponse<byte[]> expect(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static Map<?, ?> json(HttpResponse<byte[]> answer) throws IOException {
        try {
            return answer.body().length == 0 ? Map.of() : Fields.map(Json.parse(answer.body()));
        } catch (JsonException e) {
            throw new IOException(answer.uri() + " gave no JSON", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
