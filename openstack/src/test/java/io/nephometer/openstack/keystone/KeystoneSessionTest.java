// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.Recording;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.TestTime;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logging in, and what the catalog leads to. */
class KeystoneSessionTest {
    private static final Named DOMAIN = Named.name("Default");
    private static final Credentials ADMIN =
            new Credentials.Password(Named.name("admin"), DOMAIN, new Secret("recorded-password"));
    private static final Scope PROJECT = new Scope.OfProject(Named.name("admin"), DOMAIN);

    private final TestTime time = new TestTime();

    private static CloudAccess access(
            URI url, Credentials credentials, Scope scope, @Nullable String region, Map<String, URI> endpoints) {
        return new CloudAccess(url, credentials, scope, region, EndpointInterface.INTERNAL, endpoints, null);
    }

    private OpenStackCloud cloud(CloudAccess access) throws Exception {
        return OpenStackCloud.of(access, ApiSettings.defaults(), time.time(), ApiObserver.NONE);
    }

    private static TestHttpServer keystone(String recording) {
        return new TestHttpServer((_, out) -> {
            Recording answer = Recording.of(recording);
            TestHttpServer.write(out, answer.responseHead(), answer.body());
        });
    }

    /** Logs in, and gives the body that was sent. The catalog leads nowhere here. */
    private String logIn(Credentials credentials, Scope scope) throws Exception {
        try (TestHttpServer server = keystone("keystone-token");
                OpenStackCloud cloud = cloud(access(server.url(), credentials, scope, "Nowhere", Map.of()))) {
            ApiException failed = catchThrowableOfType(
                    ApiException.class, () -> cloud.glance().images(Reason.IMAGE, _ -> {}));
            assertThat(failed.failure()).isEqualTo(ApiFailure.NOT_FOUND);
            return server.requests().getFirst().body();
        }
    }

    private static void assertJson(String actual, String expected) throws Exception {
        assertThat(Json.parse(actual)).isEqualTo(Json.parse(expected));
    }

    @Test
    void logsInByPasswordToAProjectAsItWasRecorded() throws Exception {
        assertJson(logIn(ADMIN, PROJECT), """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin",
                 "domain": {"name": "Default"}, "password": "recorded-password"}}},
                 "scope": {"project": {"name": "admin", "domain": {"name": "Default"}}}}}
                """);
    }

    @Test
    void logsInByIdsToTheSystem() throws Exception {
        assertJson(logIn(new Credentials.Password(Named.id("u1"), DOMAIN, new Secret("p")), new Scope.OfSystem()), """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"id": "u1", "password": "p"}}},
                 "scope": {"system": {"all": true}}}}
                """);
    }

    @Test
    void logsInToADomain() throws Exception {
        assertJson(logIn(ADMIN, new Scope.OfDomain(Named.id("default"))), """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin",
                 "domain": {"name": "Default"}, "password": "recorded-password"}}},
                 "scope": {"domain": {"id": "default"}}}}
                """);
    }

    @Test
    void logsInByApplicationCredential() throws Exception {
        assertJson(
                logIn(
                        new Credentials.ApplicationCredential(Named.id("a1"), null, null, new Secret("s")),
                        new Scope.Own()),
                """
                {"auth": {"identity": {"methods": ["application_credential"],
                 "application_credential": {"id": "a1", "secret": "s"}}}}
                """);
        assertJson(
                logIn(
                        new Credentials.ApplicationCredential(
                                Named.name("agent"), Named.name("admin"), DOMAIN, new Secret("s")),
                        new Scope.Own()),
                """
                {"auth": {"identity": {"methods": ["application_credential"], "application_credential":
                 {"name": "agent", "secret": "s", "user": {"name": "admin", "domain": {"name": "Default"}}}}}}
                """);
    }

    @Test
    void aRegionThatIsNotInTheCatalogIsToldWithWhatIs() throws Exception {
        try (TestHttpServer server = keystone("keystone-token");
                OpenStackCloud cloud = cloud(access(server.url(), ADMIN, PROJECT, "RegionTwo", Map.of()))) {
            assertThat(catchThrowableOfType(
                            ApiException.class, () -> cloud.nova().microversion()))
                    .hasMessage(
                            "compute endpoint: wanted internal in RegionTwo, the catalog has none; it offers admin in "
                                    + "RegionOne, internal in RegionOne, public in RegionOne (not_found); check the endpoint in "
                                    + "the catalog, or override it");
        }
    }

    @Test
    void aTokenWithoutCatalogIsEnoughWithEndpointsOfOurOwn() throws Exception {
        try (TestHttpServer server = keystone("keystone-token-unscoped");
                TestHttpServer glance = new TestHttpServer((_, out) -> {
                    Recording image = Recording.of("glance-image-get");
                    TestHttpServer.write(out, image.responseHead(), image.body());
                });
                OpenStackCloud cloud = cloud(access(
                        server.url(), ADMIN, new Scope.Own(), null, Map.of("image", URI.create(glance.url() + "/"))))) {
            assertThat(cloud.glance().image("354394b9-fa73-4be5-baba-f64cbb0c3edb", Reason.IMAGE))
                    .isPresent();
            assertThat(glance.requests().getFirst().path())
                    .isEqualTo("/v2/images/354394b9-fa73-4be5-baba-f64cbb0c3edb");
        }
    }

    @Test
    void aRefusedLogInIsNotTriedAgainAtOnce() throws Exception {
        try (TestHttpServer server = keystone("keystone-token-bad-password");
                OpenStackCloud cloud = cloud(access(server.url(), ADMIN, PROJECT, null, Map.of()))) {
            for (int i = 0; i < 3; i++) {
                ApiException failed = catchThrowableOfType(
                        ApiException.class, () -> cloud.nova().microversion());
                assertThat(failed.failure()).isEqualTo(ApiFailure.UNAUTHORIZED);
                assertThat(failed)
                        .hasMessageContaining("identity POST /v3/auth/tokens: 401")
                        .hasMessageContaining("req-6680479b-97b4-49a9-8074-0f409a00f33c");
                assertThat(failed.toString()).doesNotContain("recorded-password");
            }
            assertThat(server.requests()).hasSize(1);
            time.advance(Duration.ofSeconds(31));
            assertThatThrownBy(() -> cloud.nova().microversion()).isInstanceOf(ApiException.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void nothingPrintsASecret() {
        Credentials application =
                new Credentials.ApplicationCredential(Named.id("a1"), null, null, new Secret("hidden-secret"));
        CloudAccess password = access(URI.create("http://k"), ADMIN, PROJECT, null, Map.of());
        Grant grant = new Grant(new Secret("hidden-token"), Duration.ofHours(1), 0, null, new Catalog(List.of()));
        assertThat(password + " " + application + " " + grant + " " + LoginText.of(ADMIN, PROJECT))
                .contains("admin")
                .doesNotContain("recorded-password", "hidden");
    }
}
