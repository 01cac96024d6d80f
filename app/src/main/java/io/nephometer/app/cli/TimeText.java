// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.pipeline.decode.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times on the command line. */
final class TimeText {
    private TimeText() {}

    /** The time that an option gives; null if it was not given. */
    static @Nullable Instant of(String option, @Nullable String text) throws CommandFailure {
        if (text == null) {
            return null;
        }
        try {
            return IsoTime.parse(text).instant();
        } catch (DateTimeException e) {
            throw CommandFailure.usage(
                    option + ": " + text + ": expected a time such as 2026-11-22T01:27:42Z or 2026-11-22", e);
        }
    }

    /** Refuses a range that ends before it begins; null is open. */
    static void checkRange(@Nullable Instant from, @Nullable Instant to) throws CommandFailure {
        if (from != null && to != null && from.isAfter(to)) {
            throw CommandFailure.usage(
                    "--from: " + WireForms.time(from) + " is later than --to: " + WireForms.time(to)
                            + "; nothing can lie between",
                    null);
        }
    }
}
