// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Surroundings;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cloud, and as whom. */
public final class CloudOption {
    @Option(
            names = "--os-cloud",
            paramLabel = "NAME",
            description = "A cloud of clouds.yaml; not given: OS_CLOUD or the other variables OS_….")
    private @Nullable String cloud;

    @Option(
            names = "--clouds-file",
            paramLabel = "FILE",
            description = "The clouds.yaml; not given: where OpenStack's command line looks for it.")
    private @Nullable Path file;

    /** For ourselves. */
    public CloudAccess access() throws ConfigException {
        Surroundings surroundings = Surroundings.of(
                System.getenv(), Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home")));
        return cloud == null ? surroundings.environment() : surroundings.cloud(cloud, file);
    }

    /** For the product, which inherits our environment: the section {@code openstack} of its configuration. */
    public String section() {
        Map<String, Object> access = new LinkedHashMap<>();
        if (cloud != null) {
            access.put("cloud", cloud);
        }
        if (file != null) {
            access.put("clouds_file", file.toAbsolutePath().toString());
        }
        return "openstack: {access: " + Json.write(access) + "}\n";
    }
}
