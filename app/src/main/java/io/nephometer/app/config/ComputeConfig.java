// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent on a hypervisor: measures the instances that run there. */
public record ComputeConfig(
        @Doc("Name under which Nova knows this host. Not set: the name of this machine.")
        @Example("compute-17.example.org")
        @Nullable String host,

        @Doc("The hypervisor, as libvirt writes its address; read-only access is enough.") @Default("qemu:///system")
        String libvirtUri,

        @Doc("How long the hypervisor may take to answer. Measuring goes on with the next cycle if it does not.")
        @Default("20s")
        @Between(min = "1s", max = "10m")
        Duration hypervisorTimeout,

        @Doc("What is polled and how often, in Ceilometer's form. Not set: the usual meters, each 60 or 300 seconds.")
        @Example("/etc/nephometer/polling.yaml")
        @Nullable Path polling,

        @Doc(
                "How instances are found: libvirt_metadata (the hypervisor says what runs, the cache adds what it does not know),"
                        + " naive or workload_partitioning (Nova's list).")
        @Default("libvirt_metadata")
        DiscoveryMethod instanceDiscoveryMethod,

        @Doc("Whether metadata of instances, flavors and images is kept between cycles and refreshed by changes-since."
                + " Off: Nova is asked for everything in each cycle.")
        @Default("true")
        boolean resourceMetadataCaching,

        @Doc("Least time between two refreshes of the cache; 0s: one in each cycle.")
        @Default("0s")
        @Between(min = "0s", max = "1d")
        Duration resourceUpdateInterval,

        @Doc("Time between two whole readings, which show what changes-since cannot.")
        @Default("1h")
        @Between(min = "1m", max = "30d")
        Duration resourceCacheExpiry,

        @Doc("Whether this agent refreshes the shared cache when it is due and nobody else does."
                + " Off: the role central does, and hypervisors need no administrator's password.")
        @Default("false")
        boolean refreshesGlobalCache,

        @Doc("Least time between two questions to Nova while the shared cache is out of reach.")
        @Default("10m")
        @Between(min = "1m", max = "1d")
        Duration fallbackInterval,

        @Doc("Whether stopped instances are measured too: power.state, vcpus, memory and sizes of disks.")
        @Default("false")
        boolean reportStoppedInstanceMetrics,

        @Doc("Beginnings of names of user metadata that is copied into samples.") @Default("[metering.]")
        List<String> reservedMetadataNamespace,

        @Doc("Further names of user metadata that is copied.") @Default("[]")
        List<String> reservedMetadataKeys,

        @Doc("Longest value of user metadata; longer ones are cut.") @Default("256") @Between(min = "1", max = "65535")
        int reservedMetadataLength,

        @Doc("Where samples go. Not set: into the ledger of this process (role all), else nothing can be polled.")
        @Nullable SampleBusConfig publish) {
    public ComputeConfig {
        if (publish != null && publish.bare() && instanceDiscoveryMethod != DiscoveryMethod.LIBVIRT_METADATA) {
            throw new InvalidSetting(
                    "instance_discovery_method",
                    "publish.bare leaves Nova's list to others: expected libvirt_metadata");
        }
        if (host != null && host.isBlank()) {
            throw new InvalidSetting("host", "expected the name under which Nova knows this host, not blank");
        }
        if (libvirtUri.isBlank()) {
            throw new InvalidSetting("libvirtUri", "expected an address of libvirt such as qemu:///system");
        }
        reservedMetadataNamespace = List.copyOf(reservedMetadataNamespace);
        reservedMetadataKeys = List.copyOf(reservedMetadataKeys);
    }
}
