// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import java.util.Locale;

/** What is counted; the names are labels of metrics. */
enum SharedEvent {
    /** The host's instances had moved, and were read. */
    MOVED,
    /** Nothing had moved. */
    NOT_MOVED,
    /** There was no set to read. */
    NOT_FILLED,
    /** The shared cache did not answer. */
    FAILED,
    /** An instance that was read. */
    ENTRY,
    /** An instance, a flavor or an image that could not be read. */
    SKIPPED,
    /** Questions for flavors and images. */
    CATALOG,
    /** The shared cache began to give nothing. */
    OUTAGE,
    /** Nova began to be asked instead. */
    FALLBACK;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
