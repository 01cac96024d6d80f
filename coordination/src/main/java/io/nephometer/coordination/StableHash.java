// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.nio.charset.StandardCharsets;

/**
 * 64 bits of a text, the same in each version of this program and of Java: two members must never differ about them. FNV-1a over the
 * UTF-8 form, its weak upper bits then spread by the last step of SplitMix64.
 */
final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    static long of(String text) {
        long hash = FNV_OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return spread(hash);
    }

    /** Of two texts in this order; not that of both in one. */
    static long of(String first, String second) {
        return spread(of(first) + Long.rotateLeft(of(second), 32));
    }

    private static long spread(long hash) {
        long spread = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        spread = (spread ^ (spread >>> 27)) * 0x94d049bb133111ebL;
        return spread ^ (spread >>> 31);
    }
}
