// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.util.Locale;

/** Why messages of a spool never reach the bus. */
enum LossReason {
    /** The oldest went, since there was no room for more. */
    SPOOL_OVERFLOW("were dropped, since the bus was away for longer than the spool or its disk holds"),
    /** The disk does not give back what was written. */
    SPOOL_DAMAGED("could not be read back from the spool: its file is damaged"),
    /** The broker takes others and never these. */
    BUS_REFUSED("were refused by the broker again and again, while it took others");

    private final String meaning;

    LossReason(String meaning) {
        this.meaning = meaning;
    }

    /** As in shortfalls and metrics: {@code spool_overflow}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What happened, after the messages that it happened to. */
    String meaning() {
        return meaning;
    }
}
