// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.util.Locale;

/** Why we ask a service: every request has one, and is counted by it. */
public enum Reason {
    /** A token, when there is none, before it expires, or after a 401. */
    TOKEN,
    /** Which versions a service speaks; once per process. */
    VERSION,
    /** All servers, to replace what is known of them. */
    METADATA_FULL,
    /** Servers that changed since the last time. */
    METADATA_DELTA,
    /** One server that is not known yet. */
    SERVER,
    /** One or all flavors. */
    FLAVOR,
    /** One or all images. */
    IMAGE,
    /** One or all hypervisors. */
    HYPERVISOR,
    /** What is to be measured. */
    DISCOVERY,
    /** A measurement that the API itself gives. */
    MEASUREMENT,
    /** Holding what is known against what the service says. */
    AUDIT,
    /** A person asked, by a command. */
    COMMAND;

    /** As a metric label: {@code metadata_delta}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
