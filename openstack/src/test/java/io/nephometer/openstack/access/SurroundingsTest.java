// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clouds.yaml}, {@code secure.yaml} and {@code OS_…}. */
class SurroundingsTest {
    private static final Named DEFAULT = Named.name("Default");

    @TempDir
    private Path folder;

    private Surroundings surroundings(Map<String, String> variables) {
        return new Surroundings(variables, List.of(folder.resolve("nothing"), folder));
    }

    private CloudAccess cloud(String yaml) throws Exception {
        Files.writeString(folder.resolve("clouds.yaml"), yaml);
        return surroundings(Map.of()).cloud("prod", null);
    }

    private String problems(String yaml) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> cloud(yaml));
        return String.valueOf(e.getMessage()).replace(folder + "/", "");
    }

    @Test
    void readsACloudWithPasswordAndEverythingAroundIt() throws Exception {
        assertThat(cloud("""
                        clouds:
                          other: {}
                          prod:
                            auth:
                              auth_url: https://keystone.example.org:5000/v3
                              username: nephometer
                              user_domain_name: Default
                              password: hidden
                              project_id: 0123
                            region_name: RegionTwo
                            interface: internalURL
                            cacert: /etc/ssl/cloud.pem
                            identity_api_version: 3
                            compute_endpoint_override: http://nova:8774/v2.1
                        """))
                .isEqualTo(new CloudAccess(
                        URI.create("https://keystone.example.org:5000/v3"),
                        new Credentials.Password(Named.name("nephometer"), DEFAULT, new Secret("hidden")),
                        new Scope.OfProject(Named.id("0123"), null),
                        "RegionTwo",
                        EndpointInterface.INTERNAL,
                        Map.of("compute", URI.create("http://nova:8774/v2.1")),
                        Path.of("/etc/ssl/cloud.pem")));
    }

    @Test
    void laysSecureYamlOverIt() throws Exception {
        Files.writeString(
                folder.resolve("secure.yaml"),
                "clouds: {prod: {auth: {application_credential_secret: hidden, application_credential_id: over}}}");
        CloudAccess access = cloud("""
                clouds:
                  prod:
                    auth_type: v3applicationcredential
                    auth: {auth_url: 'http://k:5000', application_credential_id: under}
                """);
        assertThat(access.credentials())
                .isEqualTo(new Credentials.ApplicationCredential(Named.id("over"), null, null, new Secret("hidden")));
        assertThat(access.scope()).isEqualTo(new Scope.Own());
        assertThat(access.endpointInterface()).isEqualTo(EndpointInterface.PUBLIC);
    }

    @Test
    void tellsEverythingThatIsMissingByFileAndKey() {
        assertThat(problems("clouds: {prod: {auth: {username: me}, interface: secret, verify: false}}"))
                .isEqualTo("""
                        clouds.yaml: clouds.prod.verify: certificates are always verified; name the authority to trust as \
                        cacert, and remove this key
                        clouds.yaml: clouds.prod.auth.auth_url: missing: the URL of Keystone
                        clouds.yaml: clouds.prod.auth.user_domain_name: missing: the domain, often Default; or its id as \
                        user_domain_id
                        clouds.yaml: clouds.prod.auth.password: missing: the secret to log in with
                        clouds.yaml: clouds.prod.auth.project_name: missing: the project, by name or by project_id; or \
                        domain_name; or system_scope: all
                        clouds.yaml: clouds.prod.interface: expected public, internal or admin""");
    }

    @Test
    void tellsWhichCloudsThereAre() {
        assertThat(problems("clouds: {b: {}, a: {}}"))
                .isEqualTo("clouds.yaml: clouds.prod: there is no such cloud, only: a, b");
    }

    @Test
    void tellsWhereTheFileIsNoYamlWithoutShowingIt() {
        assertThat(problems("clouds:\n  prod:\n    auth: {password: hidden\n"))
                .startsWith("clouds.yaml:4: not YAML: ")
                .doesNotContain("hidden");
    }

    @Test
    void tellsWhichFoldersWereLookedInto() {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> surroundings(Map.of()).cloud("prod", null));
        assertThat(e).hasMessageContaining("there is no such file in any of [" + folder.resolve("nothing"));
    }

    @Test
    void refusesAUrlWithAPassword() {
        assertThat(problems("""
                        clouds: {prod: {auth: {auth_url: 'http://me:hidden@k', user_id: u, password: p, project_id: x}}}
                        """))
                .isEqualTo(
                        "clouds.yaml: clouds.prod.auth.auth_url: http://***@k: expected no user or password in the URL");
    }

    @Test
    void refusesOtherWaysToLogIn() {
        assertThat(problems("""
                        clouds:
                          prod:
                            auth_type: v3oidcpassword
                            auth: {auth_url: 'http://k', user_id: u, password: p, project_id: x}
                        """))
                .isEqualTo(
                        "clouds.yaml: clouds.prod.auth_type: expected password or v3applicationcredential; other ways to "
                                + "log in are not supported");
    }

    @Test
    void readsTheEnvironment() throws Exception {
        Surroundings surroundings = surroundings(Map.of(
                "OS_AUTH_URL", "http://k:5000",
                "OS_USERNAME", "admin",
                "OS_USER_DOMAIN_ID", "default",
                "OS_PASSWORD", "hidden",
                "OS_TENANT_NAME", "admin",
                "OS_PROJECT_DOMAIN_NAME", "Default",
                "OS_REGION_NAME", "",
                "OS_ENDPOINT_TYPE", "admin",
                "OS_BLOCK_STORAGE_ENDPOINT_OVERRIDE", "http://cinder:8776/v3/x"));
        assertThat(surroundings.isInEnvironment()).isTrue();
        assertThat(surroundings.environment())
                .isEqualTo(new CloudAccess(
                        URI.create("http://k:5000"),
                        new Credentials.Password(Named.name("admin"), Named.id("default"), new Secret("hidden")),
                        new Scope.OfProject(Named.name("admin"), DEFAULT),
                        null,
                        EndpointInterface.ADMIN,
                        Map.of("block-storage", URI.create("http://cinder:8776/v3/x")),
                        null));
        assertThat(surroundings.toString()).doesNotContain("hidden");
    }

    @Test
    void theEnvironmentMayNameACloudAndItsFile() throws Exception {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(
                file, "clouds: {lab: {auth: {auth_url: 'http://k', user_id: u, password: p, system_scope: all}}}");
        CloudAccess access = surroundings(Map.of("OS_CLOUD", "lab", "OS_CLIENT_CONFIG_FILE", file.toString()))
                .environment();
        assertThat(access.scope()).isEqualTo(new Scope.OfSystem());
    }

    @Test
    void tellsWhichVariableIsMissing() {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> surroundings(
                        Map.of("OS_AUTH_URL", "http://k", "OS_USER_ID", "u", "OS_PROJECT_ID", "p"))
                .environment());
        assertThat(e).hasMessage("environment: OS_PASSWORD: missing: the secret to log in with");
    }

    @Test
    void looksWhereOpenStacksCommandLineLooks() {
        assertThat(Surroundings.of(Map.of(), Path.of("/work"), Path.of("/home/me"))
                        .folders())
                .containsExactly(Path.of("/work"), Path.of("/home/me/.config/openstack"), Path.of("/etc/openstack"));
        assertThat(Surroundings.of(Map.of("XDG_CONFIG_HOME", "/x"), Path.of("/work"), Path.of("/home/me"))
                        .folders())
                .contains(Path.of("/x/openstack"));
    }
}
