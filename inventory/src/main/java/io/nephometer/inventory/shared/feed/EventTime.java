// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads the several forms in which Nova's notifications write times: with a blank or a T, with or without a fraction or an offset. */
final class EventTime {
    private EventTime() {}

    /** Whole seconds, as Nova's API shows times; null for an empty text and for what is no time. */
    static @Nullable Instant seconds(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return instant(text.replace(' ', 'T')).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        boolean withOffset = text.endsWith("Z") || text.lastIndexOf('+') > 0;
        return withOffset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
