// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import java.util.Locale;

/** Which of a service's endpoints to use. */
public enum EndpointInterface {
    PUBLIC,
    INTERNAL,
    ADMIN;

    /** As catalogs write it: {@code internal}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
