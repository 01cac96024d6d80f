// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.nio.file.Path;

/**
 * Where measurements wait for the bus.
 *
 * @param folder made if it is absent, for its owner alone; of one process
 * @param maxBytes what it may hold; then the oldest go
 */
public record SpoolOptions(Path folder, long maxBytes) {
    private static final long LEAST_BYTES = 64 << 10;
    private static final long DEFAULT_BYTES = 200L << 20;
    private static final long SEGMENTS = 16;
    private static final long MOST_SEGMENT_BYTES = 8 << 20;

    public SpoolOptions {
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("a spool has at least 64 KiB, not " + maxBytes + " bytes");
        }
    }

    /** 200 MiB. */
    public static SpoolOptions in(Path folder) {
        return new SpoolOptions(folder, DEFAULT_BYTES);
    }

    /** How large a file becomes: what is dropped at once when the spool is full. */
    long segmentBytes() {
        return Math.min(MOST_SEGMENT_BYTES, maxBytes / SEGMENTS);
    }
}
