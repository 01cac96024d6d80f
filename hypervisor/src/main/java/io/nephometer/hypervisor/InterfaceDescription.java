// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network interface in the domain's XML.
 *
 * @param tap its name on the host
 * @param filter name of the network filter, if one is applied
 * @param parameters of that filter, their names in lower case, and {@code interfaceid} (the port, from the virtualport) and
 *     {@code bridge} where they are said
 */
public record InterfaceDescription(
        String tap, @Nullable String mac, @Nullable String filter, Map<String, String> parameters) {
    public InterfaceDescription {
        parameters = Map.copyOf(parameters);
    }
}
