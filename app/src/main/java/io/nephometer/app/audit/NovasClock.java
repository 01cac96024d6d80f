// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.inventory.shared.refresh.ReadingWitness.Window;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What answers of Nova show of its clock, and what has to be read again because of it. For one thread. */
final class NovasClock {
    /** As far as cell databases may be apart. */
    static final Duration MOST = Duration.ofSeconds(5);

    /** The earliest and the latest time that a clock which was wrong showed; changes may be dated so. */
    private @Nullable Instant earliest;

    private @Nullable Instant latest;

    /**
     * How far it was ahead of ours at the least, when a window was read; negative if it was behind. Nova may have begun with the question at
     * any moment until it answered, and tells whole seconds less the time that the answer took.
     *
     * @param now on our clock
     */
    static Duration ahead(Window window, Instant now) {
        Instant asked = now.minus(window.asked());
        Instant answered = now.minus(window.answered());
        Instant first = asked.minus(Duration.between(asked, answered)).minusSeconds(1);
        if (window.until().isAfter(answered)) {
            return Duration.between(answered, window.until());
        }
        return window.until().isBefore(first) ? Duration.between(first, window.until()) : Duration.ZERO;
    }

    /** A window of which nobody knows up to when it is complete. */
    void wasWrong(Window window) {
        Instant shown = window.until();
        earliest = earliest == null || shown.isBefore(earliest) ? shown : earliest;
        latest = latest == null || shown.isAfter(latest) ? shown : latest;
    }

    /** A window that is complete; all that a wrong clock may have dated is in it if it was asked for. */
    void wasRight(Window window, Instant now) {
        if (earliest != null && !window.from().isAfter(earliest)) {
            earliest = null;
        }
        if (latest != null && latest.isBefore(now)) {
            latest = null;
        }
    }

    /** From when on changes are needed, if else it is from then. */
    Instant since(Instant mark) {
        return earliest != null && earliest.isBefore(mark) ? earliest : mark;
    }

    /** Up to when changes may be dated; {@link Instant#MIN}: as everywhere. */
    Instant until() {
        return latest == null ? Instant.MIN : latest;
    }
}
