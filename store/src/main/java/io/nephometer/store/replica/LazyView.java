// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.OpenView;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view that is opened when somebody looks, and tried again if that failed. Thread-safe. */
final class LazyView<V extends OpenView> implements AutoCloseable {
    private final String name;
    private final Supplier<? extends V> opening;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable V view;

    @GuardedBy("lock") private boolean closed;

    LazyView(String name, Supplier<? extends V> opening) {
        this.name = name;
        this.opening = opening;
    }

    /** Opening is the one I/O that happens under a lock: who comes second needs its outcome. */
    V get() {
        lock.lock();
        try {
            if (closed) {
                throw new LedgerException(Kind.UNREACHABLE, name + " is closed", null);
            }
            V open = view;
            if (open == null) {
                open = opening.get();
                view = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (view != null) {
                view.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
