// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ServiceType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service of which nothing is known is asked for bytes. */
class RawFetchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static ServiceClient network(ScriptedCloud cloud) {
        return cloud.client().service(ServiceType.of("network"));
    }

    @Test
    void whateverComesIsHandedOverWithTheTokenAndTheHeadersSent() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(
                (request, out) -> TestHttpServer.write(out, "HTTP/1.1 200 OK\nContent-Type: text/xml", "<a/>"))) {
            URI endpoint = network(cloud).endpoint();
            RawAnswer answer =
                    network(cloud).fetch(endpoint.resolve("/v2.0/x?all=1"), Map.of("Accept", "text/xml"), TIMEOUT);

            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("<a/>");
            TestHttpServer.Request asked = cloud.server().requests().getLast();
            assertThat(asked.path()).isEqualTo("/v2.0/x");
            assertThat(asked.query()).containsEntry("all", "1");
            assertThat(asked.headers()).containsEntry("accept", "text/xml").containsEntry("x-auth-token", "token-1");
        }
    }

    @Test
    void aRedirectIsAnAnswerThatIsNotFollowed() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud(
                (request, out) -> TestHttpServer.write(out, "HTTP/1.1 302 Found\nLocation: /elsewhere", ""))) {
            URI endpoint = network(cloud).endpoint();
            RawAnswer answer = network(cloud).fetch(endpoint.resolve("/x"), Map.of(), TIMEOUT);

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.location()).contains("/elsewhere");
            assertThat(cloud.server().requests())
                    .noneMatch(request -> request.path().equals("/elsewhere"));
        }
    }

    @Test
    void anotherHostIsNotAskedForItWouldGetTheToken() throws Exception {
        try (ScriptedCloud cloud =
                new ScriptedCloud((request, out) -> TestHttpServer.write(out, "HTTP/1.1 200 OK", ""))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> network(cloud).fetch(URI.create("http://other.test/x"), Map.of(), TIMEOUT))
                    .withMessageContaining("not on the endpoint's host");
            assertThat(cloud.outcomes()).isEmpty();
        }
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        try (ScriptedCloud cloud = new ScriptedCloud((request, out) -> TestHttpServer.write(
                out,
                "token-1".equals(request.headers().get("x-auth-token")) ? "HTTP/1.1 401 No" : "HTTP/1.1 200 OK",
                ""))) {
            URI endpoint = network(cloud).endpoint();

            assertThat(network(cloud)
                            .fetch(endpoint.resolve("/x"), Map.of(), TIMEOUT)
                            .status())
                    .isEqualTo(200);
            assertThat(cloud.logIns()).isEqualTo(2);
        }
    }

    @Test
    void aServiceThatTheCatalogDoesNotHaveIsNamed() throws Exception {
        try (ScriptedCloud cloud =
                new ScriptedCloud((request, out) -> TestHttpServer.write(out, "HTTP/1.1 200 OK", ""))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> cloud.client()
                            .service(ServiceType.of("no-such-thing"))
                            .endpoint())
                    .withMessageContaining("no-such-thing")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(ApiFailure.NO_SERVICE));
        }
    }
}
