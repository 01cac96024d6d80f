// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.AccessSettings;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Surroundings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** How this process logs in to the cloud, by its configuration and its environment. */
public record CloudLogin(OpenStackConfig config, MeterRegistry registry) {
    /** Whether anything says how. */
    public boolean isGiven() {
        return isGiven(config);
    }

    static boolean isGiven(OpenStackConfig config) {
        AccessSettings settings = config.access();
        return settings.authUrl() != null
                || settings.cloud() != null
                || sources().isInEnvironment();
    }

    /**
     * A session; nobody is asked yet.
     *
     * @throws ConfigException if it is not said how, or wrongly
     */
    public OpenStackCloud open() throws ConfigException {
        return OpenStackCloud.of(
                access(config, "configuration"),
                config.api(),
                ApiTime.system(new SecureRandom()),
                new ApiMetrics(registry));
    }

    /**
     * Whom to log in as.
     *
     * @param file the configuration file, for messages
     */
    public static CloudAccess access(OpenStackConfig config, String file) throws ConfigException {
        return config.access().resolve(sources(), new AccessSettings.Origins(file, "openstack.access"));
    }

    private static Surroundings sources() {
        return Surroundings.of(System.getenv(), Path.of(""), Path.of(System.getProperty("user.home", "")));
    }
}
