// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

/** What a request asks for; what it costs depends on it. */
public enum QueryKind {
    /** A list, or the first page of one. */
    FULL,
    /** What changed since an instant, or the first page of that. */
    DELTA,
    /** A further page of either. */
    NEXT_PAGE,
    /** One thing by its id. */
    ITEM,
    /** A token. */
    TOKEN,
    /** Which versions there are. */
    VERSION,
    OTHER
}
