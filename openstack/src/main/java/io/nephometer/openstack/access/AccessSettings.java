// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.openstack.api.ServiceType;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Access as the configuration file writes it. With {@code auth_url} it stands there whole; with {@code cloud} it stands in
 * {@code clouds.yaml}; with neither, in the variables {@code OS_…}.
 */
public record AccessSettings(
        @Doc("Name of a cloud in clouds.yaml. Not set, and no auth_url: the variables OS_… say where to log in.")
        @Example("production")
        @Nullable String cloud,

        @Doc("The clouds.yaml to read. Not set: OS_CLIENT_CONFIG_FILE, or where OpenStack's command line looks for it.")
        @Example("/etc/openstack/clouds.yaml")
        @Nullable Path cloudsFile,

        @Doc("URL of Keystone. Set: everything is said here, clouds.yaml and OS_… are not read.")
        @Example("https://keystone.example.org:5000/v3")
        @Nullable URI authUrl,

        @Doc("User, by name.") @Example("nephometer") @Nullable String username,

        @Doc("Domain of the user, by name.") @Default("Default")
        String userDomainName,

        @Doc("Password of the user.") @Example("file:/etc/nephometer/keystone-password") @Nullable Secret password,

        @Doc("Project to log in to, by name.") @Example("service") @Nullable String projectName,

        @Doc("Domain of the project, by name.") @Default("Default")
        String projectDomainName,

        @Doc("Log in to the whole system instead of a project.") @Default("false")
        boolean systemScope,

        @Doc("Id of an application credential, instead of user and project.")
        @Example("c0ffee00c0ffee00c0ffee00c0ffee00")
        @Nullable String applicationCredentialId,

        @Doc("Secret of the application credential.") @Example("file:/etc/nephometer/application-credential") @Nullable Secret applicationCredentialSecret,

        @Doc("Region of the endpoints. Not set: the first in the catalog.") @Example("RegionOne") @Nullable String region,

        @Doc("Which endpoints of the catalog to use.") @Default("public")
        EndpointInterface endpointInterface,

        @Doc("URLs to use instead of what the catalog says, by service type: compute, image, …") @Default("{}")
        Map<String, URI> endpoints,

        @Doc("PEM file of the authorities to trust. Not set: those of the Java runtime.")
        @Example("/etc/nephometer/ca.pem")
        @Nullable Path authorities) {
    public AccessSettings {
        endpoints = Map.copyOf(endpoints);
        if (WebAddress.namesUser(authUrl)) {
            throw new InvalidSetting("authUrl", WebAddress.NO_USER);
        }
        endpoints.forEach((service, url) -> {
            if (WebAddress.namesUser(url)) {
                throw new InvalidSetting("endpoints", WebAddress.NO_USER + " of " + service);
            }
        });
    }

    /**
     * The access that is meant.
     *
     * @param source where these settings are written, and below which key: for messages
     * @throws ConfigException with everything that is wrong, by file and key
     */
    public CloudAccess resolve(Surroundings surroundings, Origins source) throws ConfigException {
        if (authUrl != null) {
            return AccessReader.read(new Text(this, source));
        }
        return cloud == null ? surroundings.environment() : surroundings.cloud(cloud, cloudsFile);
    }

    /** Where the settings stand: {@code /etc/nephometer.yaml}, {@code openstack}. */
    public record Origins(String file, String section) {}

    /** These settings by the names that all sources share. */
    private record Text(AccessSettings settings, Origins origins) implements AccessText {
        @Override
        public String source() {
            return origins.file();
        }

        @Override
        public String name(AccessKey key) {
            String setting =
                    switch (key) {
                        case REGION_NAME -> "region";
                        case INTERFACE -> "endpoint_interface";
                        case CACERT -> "authorities";
                        default -> key.label();
                    };
            return origins.section() + "." + setting;
        }

        @Override
        public Optional<String> find(AccessKey key) {
            return Optional.ofNullable(value(key));
        }

        private @Nullable String value(AccessKey key) {
            return switch (key) {
                case AUTH_URL -> String.valueOf(settings.authUrl);
                case USERNAME -> settings.username;
                case USER_DOMAIN_NAME -> settings.userDomainName;
                case PASSWORD -> revealed(settings.password);
                case APPLICATION_CREDENTIAL_ID -> settings.applicationCredentialId;
                case APPLICATION_CREDENTIAL_SECRET -> revealed(settings.applicationCredentialSecret);
                case PROJECT_NAME -> settings.projectName;
                case PROJECT_DOMAIN_NAME -> settings.projectDomainName;
                case SYSTEM_SCOPE -> settings.systemScope ? "all" : null;
                case REGION_NAME -> settings.region;
                case INTERFACE -> settings.endpointInterface.label();
                case CACERT -> settings.authorities == null ? null : settings.authorities.toString();
                case AUTH_TYPE,
                        USER_ID,
                        USER_DOMAIN_ID,
                        APPLICATION_CREDENTIAL_NAME,
                        PROJECT_ID,
                        PROJECT_DOMAIN_ID,
                        DOMAIN_NAME,
                        DOMAIN_ID,
                        VERIFY,
                        INSECURE -> null;
            };
        }

        private static @Nullable String revealed(@Nullable Secret secret) {
            return secret == null ? null : secret.reveal();
        }

        @Override
        public String name(ServiceType service) {
            return origins.section() + ".endpoints." + service.label();
        }

        @Override
        public Optional<String> find(ServiceType service) {
            return Optional.ofNullable(settings.endpoints.get(service.label())).map(URI::toString);
        }
    }
}
