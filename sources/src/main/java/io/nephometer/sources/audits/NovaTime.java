// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as Nova's notifications write them: a form for each purpose, all of UTC. */
final class NovaTime {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter PERIOD = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter LIFETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private NovaTime() {}

    /** {@code 2026-11-22 01:29:57.226999}. */
    static String timestamp(Instant time) {
        return TIMESTAMP.format(time.atOffset(ZoneOffset.UTC));
    }

    /** {@code 2026-11-22 01:00:00}. */
    static String period(Instant time) {
        return PERIOD.format(time.atOffset(ZoneOffset.UTC));
    }

    /** {@code 2026-11-22T01:28:18.000000}; an empty text if there is none. */
    static String lifetime(@Nullable Instant time) {
        return time == null ? "" : LIFETIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
