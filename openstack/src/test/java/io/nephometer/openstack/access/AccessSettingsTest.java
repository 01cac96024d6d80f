// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.openstack.access.AccessSettings.Origins;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.Secret;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSettingsTest {
    private static final ConfigRecordAssert<AccessSettings> RECORD = ConfigRecordAssert.of(AccessSettings.class);
    private static final AccessSettings DEFAULTS = new AccessSettings(
            null,
            null,
            null,
            null,
            "Default",
            null,
            null,
            "Default",
            false,
            null,
            null,
            null,
            EndpointInterface.PUBLIC,
            Map.of(),
            null);
    private static final AccessSettings ALL = new AccessSettings(
            "prod",
            Path.of("/c.yaml"),
            URI.create("http://k:5000"),
            "me",
            "Users",
            new Secret("p"),
            "service",
            "Projects",
            true,
            "a1",
            new Secret("s"),
            "RegionTwo",
            EndpointInterface.INTERNAL,
            Map.of("image", URI.create("http://glance:9292")),
            Path.of("/ca.pem"));

    @Test
    void hasDefaults() {
        RECORD.hasDefaults(DEFAULTS);
    }

    @Test
    void bindsEveryKey() {
        RECORD.bindsEveryKey("""
                cloud: prod
                clouds_file: /c.yaml
                auth_url: http://k:5000
                username: me
                user_domain_name: Users
                password: p
                project_name: service
                project_domain_name: Projects
                system_scope: true
                application_credential_id: a1
                application_credential_secret: s
                region: RegionTwo
                endpoint_interface: internal
                endpoints: {image: 'http://glance:9292'}
                authorities: /ca.pem
                """, ALL);
    }

    /** Addresses are printed by {@code config check --effective}, and in messages. */
    @ParameterizedTest
    @CsvSource({
        "auth_url: 'http://u:pw@h/v3', http://***@h/v3",
        "auth_url: 'http://pw@h/v3', http://***@h/v3",
        "auth_url: 'http://u:p/pw@h/v3', http://***@h/v3",
        "'endpoints: {compute: \"http://u:pw@h/v2.1\"}', endpoints",
        "'endpoints: {compute: \"http://u:p pw@h/v2.1\"}', http://***@h/v2.1"
    })
    void anAddressWithAPasswordIsRefusedAndMasked(String yaml, String shown) throws Exception {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> new ConfigReader("X", Map.of())
                .read(yaml, "n.yaml", AccessSettings.class));
        assertThat(e).hasMessageContaining(shown).hasMessageNotContaining("pw");
    }

    @Test
    void withAUrlEverythingIsSaidHere() throws Exception {
        Surroundings nowhere = new Surroundings(Map.of(), List.of());
        assertThat(ALL.resolve(nowhere, new Origins("n.yaml", "openstack")))
                .isEqualTo(new CloudAccess(
                        URI.create("http://k:5000"),
                        new Credentials.ApplicationCredential(Named.id("a1"), null, null, new Secret("s")),
                        new Scope.Own(),
                        "RegionTwo",
                        EndpointInterface.INTERNAL,
                        Map.of("image", URI.create("http://glance:9292")),
                        Path.of("/ca.pem")));
    }

    @Test
    void tellsWhichSettingIsMissing() {
        AccessSettings half = new AccessSettings(
                null,
                null,
                URI.create("http://k:5000"),
                "me",
                "Default",
                null,
                "service",
                "Default",
                false,
                null,
                null,
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ConfigException e = catchThrowableOfType(
                ConfigException.class,
                () -> half.resolve(new Surroundings(Map.of(), List.of()), new Origins("n.yaml", "openstack")));
        assertThat(e).hasMessage("n.yaml: openstack.password: missing: the secret to log in with");
    }

    @Test
    void withoutAUrlTheEnvironmentSaysIt() throws Exception {
        Map<String, String> variables =
                Map.of("OS_AUTH_URL", "http://k", "OS_USER_ID", "u", "OS_PASSWORD", "p", "OS_PROJECT_ID", "x");
        CloudAccess access =
                DEFAULTS.resolve(new Surroundings(variables, List.of()), new Origins("n.yaml", "openstack"));
        assertThat(access.authUrl()).isEqualTo(URI.create("http://k"));
    }
}
