// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads the {@code timestamp} of a notification: {@code 2026-11-22 01:27:42.449925}, or ISO 8601; UTC unless it says otherwise. */
final class SenderTime {
    private SenderTime() {}

    /** @throws DateTimeException if {@code text} is not a time */
    static Instant parse(String text) {
        int end = offsetStart(text);
        String local = text.substring(0, end);
        if (local.length() > 10 && local.charAt(10) == ' ') {
            local = local.substring(0, 10) + 'T' + local.substring(11);
        }
        ZoneOffset offset = end == text.length() ? ZoneOffset.UTC : ZoneOffset.of(text.substring(end));
        return LocalDateTime.parse(local).toInstant(offset);
    }

    private static int offsetStart(String text) {
        for (int i = 11; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '-' || c == 'Z') {
                return i;
            }
        }
        return text.length();
    }
}
