// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, which is opened by the first one who asks for it. Who gives up waiting leaves the opening alone: it may take longer than a
 * question, and would never come to its end if each question began it again. Thread-safe.
 */
final class Opening implements Supplier<Optional<Ledger>> {
    private final Supplier<Optional<Ledger>> ledger;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable Asked<Optional<Ledger>> last;

    Opening(Supplier<Optional<Ledger>> ledger) {
        this.ledger = ledger;
    }

    /** Waits until it is open or cannot be opened; an interrupt ends the wait with a {@link LedgerException}. */
    @Override
    public Optional<Ledger> get() {
        try {
            return current().shared();
        } catch (Asked.LateException e) {
            throw new LedgerException(LedgerException.Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Asked<Optional<Ledger>> current() {
        lock.lock();
        try {
            Asked<Optional<Ledger>> current = last;
            if (current == null || !current.isRunning()) {
                current = Asked.of("opening", ledger);
                last = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }
}
