// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

/** A table that gives texts short references. Locked in this order. */
public enum Dictionary {
    EVENT_TYPES("event_types"),
    /** Projects and users. */
    LABELS("labels"),
    RESOURCES("resources");

    private final String table;

    Dictionary(String table) {
        this.table = table;
    }

    /** Columns {@code id} and {@code name}. */
    public String table() {
        return table;
    }
}
