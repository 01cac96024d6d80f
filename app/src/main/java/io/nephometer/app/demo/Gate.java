// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Registration;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands between a member and all others until the member is killed. From then on nothing that it does reaches anybody, and it hears of
 * nobody: what others see of it is what they see of a process that was ended by {@code kill -9}. Thread-safe.
 */
final class Gate {
    private static final String DEAD = "this member was killed";

    private final Ticker ticker;
    private volatile boolean shut;
    private volatile long lastBeat;

    Gate(Ticker ticker) {
        this.ticker = ticker;
    }

    void shut() {
        shut = true;
    }

    boolean isShut() {
        return shut;
    }

    /** When it was last heard of, by the ticker. */
    long lastBeat() {
        return lastBeat;
    }

    Supplier<Optional<Ledger>> before(Supplier<Optional<Ledger>> ledger) {
        return () -> shut ? Optional.empty() : ledger.get();
    }

    LedgerWriter before(LedgerWriter writer) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return shut ? new CommitOutcome.Unavailable(DEAD) : writer.commit(batch);
            }

            @Override
            public boolean isAvailable() {
                return !shut && writer.isAvailable();
            }
        };
    }

    Coordinator before(Coordinator coordinator) {
        return new Coordinator() {
            private Coordinator open() throws CoordinationException {
                if (shut) {
                    throw new CoordinationException(CoordinationFailure.UNREACHABLE, DEAD, null);
                }
                return coordinator;
            }

            @Override
            public Members beat(Member me) throws CoordinationException {
                Members members = open().beat(me);
                lastBeat = ticker.nanos();
                return members;
            }

            @Override
            public Members members() throws CoordinationException {
                return open().members();
            }

            @Override
            public void leave(Member me) throws CoordinationException {
                open().leave(me);
            }

            @Override
            public Registration watch(Runnable changed) {
                return coordinator.watch(changed);
            }

            @Override
            public Duration lease() {
                return coordinator.lease();
            }

            @Override
            public void close() {
                shut = true;
            }
        };
    }
}
