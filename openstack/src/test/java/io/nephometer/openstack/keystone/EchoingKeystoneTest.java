// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestTime;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Keystone, or a proxy before it, that says back what it was sent. */
class EchoingKeystoneTest {
    private static final Named NAME = Named.name("nephometer");
    private static final String SECRET = "s3cr\"et\\ä/ß";

    static Stream<Credentials> credentials() {
        return Stream.of(
                new Credentials.Password(NAME, Named.name("Default"), new Secret(SECRET)),
                new Credentials.ApplicationCredential(Named.id("a1"), null, null, new Secret(SECRET)));
    }

    /** Everything that may get into a log, the causes included. */
    private static String failure(Credentials credentials, String head, String before, String after) throws Exception {
        try (TestHttpServer server = new TestHttpServer((request, out) -> TestHttpServer.write(
                        out, head.replace("BODY", SECRET), before + quoted(request.body()) + after));
                OpenStackCloud cloud = cloud(server, credentials)) {
            ApiException failed = catchThrowableOfType(
                    ApiException.class, () -> cloud.glance().images(Reason.IMAGE, _ -> {}));
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().getFirst().body()).contains("s3cr");
            StringWriter text = new StringWriter();
            failed.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    private static String quoted(String text) {
        String json = Json.write(text);
        return json.substring(1, json.length() - 1);
    }

    private static OpenStackCloud cloud(TestHttpServer server, Credentials credentials) throws Exception {
        CloudAccess access = new CloudAccess(
                server.url(), credentials, new Scope.Own(), null, EndpointInterface.PUBLIC, Map.of(), null);
        return OpenStackCloud.of(access, ApiSettings.defaults(), new TestTime().time(), ApiObserver.NONE);
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void aRefusalThatRepeatsTheLogInShowsNothingOfIt(Credentials credentials) throws Exception {
        String head = "HTTP/1.1 400 Bad Request\nContent-Type: application/json";
        assertThat(failure(credentials, head, "{\"error\": {\"message\": \"cannot read ", "\"}}"))
                .contains("400, refused; its words are not shown, since they may repeat the log-in")
                .doesNotContain("s3cr");
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void anAnswerThatIsTheLogInShowsNothingOfIt(Credentials credentials) throws Exception {
        String head = "HTTP/1.1 201 Created\nContent-Type: application/json\nX-Subject-Token: t";
        assertThat(failure(credentials, head, "s3cret_without_quotes ", ""))
                .contains("not JSON at line 1")
                .doesNotContain("s3cr");
    }

    @Test
    void headersThatRepeatItAreMasked() throws Exception {
        Credentials plain = new Credentials.Password(NAME, Named.name("Default"), new Secret("s3cret"));
        String head = "HTTP/1.1 500 No\nContent-Type: text/s3cret\nx-openstack-request-id: req-s3cret";
        assertThat(failure(plain, head, "", "")).contains("text/***", "req-***").doesNotContain("s3cr");
    }

    @Test
    void whatKeystoneSaysToEverybodyIsShown() throws Exception {
        String head = "HTTP/1.1 401 Unauthorized\nContent-Type: application/json";
        String words = "The request you have made requires authentication.";
        Credentials credentials = credentials().findFirst().orElseThrow();
        assertThat(failure(credentials, head, "{\"error\": {\"message\": \"" + words + " ", "\"}}"))
                .contains("401, \"" + words + "\" (unauthorized)")
                .doesNotContain("s3cr");
    }
}
