// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.util.Locale;

/** What an event about an instance is about; the names are labels of metrics. */
public enum EventKind {
    CREATE,
    /** {@code update}: after each change of the row, of metadata and of tags. */
    UPDATE,
    /** Started, stopped, rebooted, paused, suspended and back. */
    POWER,
    RESIZE,
    MIGRATE,
    SHELVE,
    /** Rebuilt, rescued and back. */
    REBUILD,
    DELETE;

    /** As a metric label: {@code update}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
