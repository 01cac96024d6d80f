// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

/** What happens if no replica can give what a reader needs. */
public enum Fallback {
    /** The primary is asked, as often as its budget for that allows; then the reader is told to come again. */
    PRIMARY,
    /** Nobody is asked: the reader is told why, and comes again. */
    SKIP,
    /** The freshest replica that answers is asked, and the answer marked as stale; also while the primary is away. */
    STALE
}
