// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import io.nephometer.openstack.TestHttpServer.Request;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiCall;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.nova.Microversion;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keystone, Nova and Glance that answer as they did when they were recorded, and nothing else. A next page that was not recorded
 * is empty.
 */
public final class RecordedCloud implements AutoCloseable {
    public static final String TOKEN = "recorded-token";
    public static final String PASSWORD = "recorded-password";

    private final List<Recording> recordings = new ArrayList<>();
    private final TestHttpServer server = new TestHttpServer(this::answer);
    private final TestTime time = new TestTime();
    private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    private final OpenStackCloud client;
    private String microversion;

    /** Nova's newest microversion is that of the first recording that has one. */
    public RecordedCloud(String... recordings) throws ConfigException {
        for (String name : recordings) {
            this.recordings.add(Recording.of(name));
        }
        this.microversion = this.recordings.stream()
                .map(Recording::version)
                .filter(version -> !version.isEmpty())
                .findFirst()
                .orElse("2.93");
        this.client = OpenStackCloud.of(access(), ApiSettings.defaults(), time.time(), calls::add);
    }

    /** Nova's newest microversion is another than when it was recorded. */
    public RecordedCloud speaking(String newest) {
        microversion = newest;
        return this;
    }

    private CloudAccess access() {
        return access(server);
    }

    /** Logs in as it was recorded. */
    public static CloudAccess access(TestHttpServer server) {
        Named domain = Named.name("Default");
        return new CloudAccess(
                server.url(),
                new Credentials.Password(Named.name("admin"), domain, new Secret(PASSWORD)),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    public OpenStackCloud client() {
        return client;
    }

    public TestTime time() {
        return time;
    }

    /** Every request that the client told of. */
    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    /** Every request that came, without those for a token or a version. */
    public List<Request> requests() {
        return server.requests().stream()
                .filter(request -> !request.path().equals("/v2.1/"))
                .filter(request -> !request.method().equals("POST"))
                .toList();
    }

    private void answer(Request request, OutputStream out) throws IOException {
        Recording recording = find(request);
        if (recording == null) {
            throw new AssertionError("nothing is recorded for " + request);
        }
        String body = recording
                .body()
                .replaceAll("http://127\\.0\\.0\\.1:\\d+", server.url().toString());
        TestHttpServer.write(out, recording.responseHead(), body);
    }

    private @Nullable Recording find(Request request) {
        if (request.method().equals("POST")) {
            return Recording.of(request.body().contains(PASSWORD) ? "keystone-token" : "keystone-token-bad-password");
        }
        if (!TOKEN.equals(request.headers().get("x-auth-token"))) {
            return Recording.of("nova-bad-token");
        }
        if (request.path().equals("/v2.1/")) {
            Recording version = Recording.of("nova-v21");
            return new Recording(
                    version.method(),
                    version.path(),
                    version.query(),
                    "",
                    version.responseHead(),
                    version.body().replace("\"version\": \"2.93\"", "\"version\": \"" + microversion + "\""));
        }
        String asked = request.headers().get("x-openstack-nova-api-version");
        if (asked != null && !Microversion.parse(microversion).isAtLeast(Microversion.parse(asked))) {
            return Recording.of("nova-bad-microversion");
        }
        return recordings.stream()
                .filter(recording -> recording.answers(request))
                .findFirst()
                .orElse(request.query().containsKey("marker") ? lastPage(request.path()) : null);
    }

    private static Recording lastPage(String path) {
        Recording page = Recording.of("servers-last-page");
        String collection = path.replace("/detail", "").replaceFirst(".*/", "");
        return new Recording(
                page.method(),
                path,
                page.query(),
                page.version(),
                page.responseHead(),
                page.body().replace("servers", collection));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
