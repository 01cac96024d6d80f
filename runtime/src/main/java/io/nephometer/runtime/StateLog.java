// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs that something went wrong when it begins, counts the repeats, reminds now and then, and logs when it is over. So a
 * store that is away for an hour gives a few lines, however often it is tried. Thread-safe.
 */
public final class StateLog {
    private final Logger log;
    private final String subject;
    private final Duration reminder;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable String trouble;

    @GuardedBy("lock") private long since;

    @GuardedBy("lock") private long lastLogged;

    @GuardedBy("lock") private long repeats;

    /**
     * A log of one state.
     *
     * @param subject whose state it is; begins each line
     * @param reminder how long the state must last for another line about it
     */
    public StateLog(Logger log, String subject, Duration reminder, Ticker ticker) {
        this.log = log;
        this.subject = subject;
        this.reminder = reminder;
        this.ticker = ticker;
    }

    /**
     * Something is wrong, again or for the first time.
     *
     * @param kind compared to tell a repeat from a change
     * @param detail for a human: the value, what happens now, which setting changes it
     */
    public void trouble(String kind, String detail) {
        String line = note(kind, detail);
        if (line != null) {
            log.warn("{}", line);
        }
    }

    /** Everything is well, as before or again. */
    public void well(String detail) {
        String line = end(detail);
        if (line != null) {
            log.info("{}", line);
        }
    }

    /** How often the trouble of now was repeated; 0 if there is none. */
    public long repeats() {
        lock.lock();
        try {
            return repeats;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String note(String kind, String detail) {
        long now = ticker.nanos();
        lock.lock();
        try {
            if (!kind.equals(trouble)) {
                since = trouble == null ? now : since;
                trouble = kind;
                repeats = 0;
                lastLogged = now;
                return subject + ": " + kind + ": " + detail;
            }
            repeats++;
            if (now - lastLogged < reminder.toNanos()) {
                return null;
            }
            lastLogged = now;
            return subject + ": still " + kind + " after " + seconds(now) + " s, " + repeats + " repeats: " + detail;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String end(String detail) {
        long now = ticker.nanos();
        lock.lock();
        try {
            if (trouble == null) {
                return null;
            }
            String line = subject + ": " + detail + "; before: " + trouble + " for " + seconds(now) + " s, " + repeats
                    + " repeats";
            trouble = null;
            repeats = 0;
            return line;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
