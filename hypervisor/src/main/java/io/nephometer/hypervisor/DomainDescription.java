// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the domain's XML says: what does not change while it runs.
 *
 * @param nova what Nova wrote about the instance; null if the domain is not one of Nova's
 * @param osType such as {@code hvm}
 * @param architecture such as {@code x86_64}
 * @param interfaces those with a name on the host
 * @param serials of disks, by their names in the guest ({@code vdb}), where they have one: for a volume Nova writes its id
 */
public record DomainDescription(
        @Nullable NovaMetadata nova,
        @Nullable String osType,
        @Nullable String architecture,
        List<InterfaceDescription> interfaces,
        Map<String, String> serials) {
    public DomainDescription {
        interfaces = List.copyOf(interfaces);
        serials = Map.copyOf(serials);
    }

    /** Of disks without serials. */
    public DomainDescription(
            @Nullable NovaMetadata nova,
            @Nullable String osType,
            @Nullable String architecture,
            List<InterfaceDescription> interfaces) {
        this(nova, osType, architecture, interfaces, Map.of());
    }
}
