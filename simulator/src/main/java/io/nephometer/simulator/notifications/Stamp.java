// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The several forms in which legacy notifications write times. */
final class Stamp {
    private static final DateTimeFormatter JOINED = form("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter SPACED = form("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter WHOLE = form("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter OFFSET = form("uuuu-MM-dd HH:mm:ss'+00:00'");
    private static final DateTimeFormatter ZULU = form("uuuu-MM-dd'T'HH:mm:ss'Z'");

    private Stamp() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    /** As {@code launched_at}. */
    static String joined(Instant instant) {
        return JOINED.format(instant);
    }

    /** The same, and an empty text for what did not happen. */
    static String joinedOrEmpty(@Nullable Instant instant) {
        return instant == null ? "" : joined(instant);
    }

    /** As the notification's own {@code timestamp}. */
    static String spaced(Instant instant) {
        return SPACED.format(instant);
    }

    /** As Python prints a time: without a fraction if there is none. */
    static String printed(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant) ? WHOLE.format(instant) : spaced(instant);
    }

    /** As {@code created_at}. */
    static String withOffset(Instant instant) {
        return OFFSET.format(instant);
    }

    /** As Glance writes times. */
    static String zulu(Instant instant) {
        return ZULU.format(instant);
    }
}
