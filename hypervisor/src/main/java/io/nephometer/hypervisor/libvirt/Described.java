// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import org.jspecify.annotations.Nullable;

/**
 * What reading a domain's XML gave.
 *
 * @param description null if it could not be read
 * @param fault null if nothing is wrong
 */
record Described(
        @Nullable DomainDescription description, @Nullable DomainFault fault) {
    static Described faulty(
            @Nullable DomainDescription description, String domain, DomainFault.Kind kind, String detail) {
        return new Described(description, new DomainFault(domain, kind, detail));
    }
}
