// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.InventoryConfig;
import io.nephometer.app.config.LoggingConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.app.config.SharedCacheConfig;
import io.nephometer.app.config.TelemetryConfig;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Loaded;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Those sections of nephometer.yaml that the agent reads. It may be the file of the whole cloud: the others are passed over. */
record AgentConfiguration(
        @Doc("The cloud's APIs: where metadata of what is measured comes from.")
        OpenStackConfig openstack,

        @Doc("Metadata that the agents of a cloud share.") InventoryConfig inventory,

        @Doc("Where the shared metadata is, if inventory.global_resource_cache is on.") @Nullable SharedCacheConfig sharedCache,

        @Doc("Measuring the instances of this hypervisor.") ComputeConfig compute,

        @Doc("Metrics and health of this process over HTTP.")
        TelemetryConfig telemetry,

        @Doc("What is written to standard error.") LoggingConfig logging) {
    /** @throws ConfigException with everything that is wrong */
    static Loaded<AgentConfiguration> read(Path file) throws ConfigException {
        return ConfigurationFile.readPart(file, AgentConfiguration.class);
    }
}
