// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import io.nephometer.openstack.TestHttpServer.Handler;
import io.nephometer.openstack.TestHttpServer.Request;
import io.nephometer.openstack.api.ApiCall;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A Keystone that gives a new token each time, and services that a test writes by itself. */
public final class ScriptedCloud implements AutoCloseable {
    /** The head of a good answer. */
    public static final String OK = "HTTP/1.1 200 OK\nContent-Type: application/json\nx-openstack-request-id: req-7";

    private final Handler services;
    private final AtomicInteger tokens = new AtomicInteger();
    private final TestTime time = new TestTime();
    private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    private final TestHttpServer server = new TestHttpServer(this::answer);
    private final OpenStackCloud client;
    private volatile boolean keystoneDown;
    private volatile String keystoneDate = "";

    public ScriptedCloud(Handler services) throws ConfigException {
        this(ApiSettings.defaults(), services);
    }

    public ScriptedCloud(ApiSettings settings, Handler services) throws ConfigException {
        this.services = services;
        this.client = OpenStackCloud.of(RecordedCloud.access(server), settings, time.time(), calls::add);
    }

    private void answer(Request request, OutputStream out) throws Exception {
        if (request.path().equals("/v3/auth/tokens")) {
            token(out);
        } else if (request.path().equals("/v2.1/")) {
            Recording version = Recording.of("nova-v21");
            TestHttpServer.write(out, version.responseHead(), version.body());
        } else {
            services.answer(request, out);
        }
    }

    private void token(OutputStream out) throws IOException {
        if (keystoneDown) {
            TestHttpServer.write(out, "HTTP/1.1 503 Down", "");
            return;
        }
        Recording token = Recording.of("keystone-token");
        String head = token.responseHead().replace(RecordedCloud.TOKEN, "token-" + tokens.incrementAndGet());
        String body = token.body()
                .replaceAll("http://127\\.0\\.0\\.1:\\d+", server.url().toString());
        TestHttpServer.write(out, head + keystoneDate, body);
    }

    /** Keystone sends its {@code Date}, which the recorded one did not. */
    public void keystoneSays(String date) {
        keystoneDate = "\nDate: " + date;
    }

    public void keystoneGoesDown(boolean down) {
        keystoneDown = down;
    }

    public OpenStackCloud client() {
        return client;
    }

    public TestTime time() {
        return time;
    }

    public TestHttpServer server() {
        return server;
    }

    /** How often somebody logged in. */
    public int logIns() {
        return tokens.get();
    }

    /** Outcomes of the requests to services, in order. */
    public List<String> outcomes() {
        return calls.stream()
                .filter(call -> call.reason() != Reason.TOKEN && call.reason() != Reason.VERSION)
                .map(ApiCall::outcome)
                .toList();
    }

    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
