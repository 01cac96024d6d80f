// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/**
 * An instance in the cache.
 *
 * @param host where it is; empty if nowhere
 * @param revision set by the cache; another after each change
 * @param body text, about 1 KB
 */
public record Entry(String id, String host, long revision, String body) {
    /** Host of an instance that is nowhere: it is being built, or shelved and offloaded. */
    public static final String NOWHERE = "";

    private static final long NONE = -1;

    /** One of which the cache holds something else than it was given. An amendment that expects its revision puts it right. */
    public static Entry damaged(String id, String host, String found) {
        return new Entry(id, host, NONE, found);
    }

    /** Whether there is no body that anybody has put. */
    public boolean isDamaged() {
        return revision == NONE;
    }
}
