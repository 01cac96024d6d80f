// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.util.Locale;

/** What is counted; the names are labels of metrics. */
enum CacheEvent {
    /** A server is new, or not as it was. */
    CHANGED,
    /** A server was deleted. */
    DELETED,
    /** A server is no longer on this host. */
    MOVED_AWAY,
    /** A server was not in a whole reading, and nobody told why. */
    NOT_LISTED,
    /** A server that was deleted came again in an answer; it stays deleted. */
    KEPT_DELETED,
    /** An answer about a server was older than what is known. */
    STALE,
    /** An answer lacked most of a server, as Nova's do while a cell is down. */
    PARTIAL,
    /** The hypervisor does not run what Nova lists; asked for by id. */
    LOOKUP,
    /** Such a question was not answered. */
    LOOKUP_FAILED,
    /** A flavor or image could not be asked for. */
    CATALOG_FAILED,
    /** More flavors or images are in use than may be held. */
    BEYOND_BOUND,
    /** Nova's clock was set. */
    CLOCK_STEP,
    /** Nova refused a list of changes. */
    CHANGES_REFUSED,
    /** A whole reading lacked too much to be believed at once. */
    UNCONFIRMED,
    /** A refresh was asked for while another one was under way. */
    OVERLAP;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
