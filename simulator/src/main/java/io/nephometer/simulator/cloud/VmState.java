// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.util.Locale;

/** Nova's {@code vm_state}, those that occur here. */
public enum VmState {
    BUILDING,
    ACTIVE,
    STOPPED,
    RESIZED,
    SHELVED,
    SHELVED_OFFLOADED,
    DELETED;

    /** As Nova writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
