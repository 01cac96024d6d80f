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
}
