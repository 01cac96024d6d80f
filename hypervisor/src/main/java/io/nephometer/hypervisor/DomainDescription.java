// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the domain's XML says: what does not change while it runs.
 *
 * @param nova what Nova wrote about the instance; null if the domain is not one of Nova's
 * @param osType such as {@code hvm}
 * @param architecture such as {@code x86_64}
 * @param interfaces those with a name on the host
 */
public record DomainDescription(
        @Nullable NovaMetadata nova,
        @Nullable String osType,
        @Nullable String architecture,
        List<InterfaceDescription> interfaces) {
    public DomainDescription {
        interfaces = List.copyOf(interfaces);
    }
}
