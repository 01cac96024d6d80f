// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that the ledger was asked, on a thread of its own, so that whoever waits for it can stop waiting: JDBC promises no bound. The
 * thread is virtual, since an interrupt closes the socket on which such a one waits: a question that is given up ends and frees its connection.
 */
final class Asked<T extends @Nullable Object> {
    /** How many times it is looked whether waiting is still of use, in the time that may be waited for an answer. */
    private static final int LOOKS = 10;

    private final String what;
    private final FutureTask<T> task;
    private final Thread thread;

    private Asked(String what, Supplier<T> question) {
        this.what = what;
        this.task = new FutureTask<>(question::get);
        this.thread = Thread.ofVirtual().name("ledger-" + what).start(task);
    }

    /** Asks; {@code what} is for messages, one word. */
    static <T extends @Nullable Object> Asked<T> of(String what, Supplier<T> question) {
        return new Asked<>(what, question);
    }

    /** Whether its thread still asks, though nobody may wait for it any more. Once there is an answer it does not, alive as it may be. */
    boolean isRunning() {
        boolean ended = task.isDone() && !task.isCancelled();
        return !ended && thread.isAlive();
    }

    /**
     * The answer, if it comes within the limit.
     *
     * @throws LateException if it does not; it is given up
     */
    T within(Duration limit) throws LateException {
        return await(limit, limit, () -> false);
    }

    /**
     * The answer, however long it takes, unless waiting is vain.
     *
     * @param often how soon it is to be noticed that it is
     * @throws LateException if it became vain; the question is given up
     */
    T unless(BooleanSupplier vain, Duration often) throws LateException {
        return await(Duration.ofNanos(Long.MAX_VALUE), often.dividedBy(LOOKS), vain);
    }

    /**
     * The answer, however long it takes. Others may wait for it, too.
     *
     * @throws LateException if this thread is interrupted; the question goes on
     */
    T shared() throws LateException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LateException("interrupted while the ledger was asked (" + what + ")");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private T await(Duration limit, Duration step, BooleanSupplier vain) throws LateException {
        long left = limit.toNanos();
        try {
            while (left > 0 && !vain.getAsBoolean()) {
                long wait = Math.min(left, step.toNanos());
                try {
                    return task.get(wait, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    left -= wait;
                }
            }
            throw givenUp("the ledger did not answer in time (" + what + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw givenUp("interrupted while the ledger was asked (" + what + ")");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private LateException givenUp(String why) {
        task.cancel(true);
        return new LateException(why);
    }

    private RuntimeException failure(ExecutionException failed) {
        return switch (failed.getCause()) {
            case LedgerException it -> new LedgerException(it.kind(), String.valueOf(it.getMessage()), it);
            case Error error -> throw error;
            case null, default -> new IllegalStateException("a defect in asking the ledger (" + what + ")", failed);
        };
    }

    /** The answer was not waited for any longer; what was asked may have been done all the same. */
    static final class LateException extends Exception {
        private static final long serialVersionUID = 1L;

        private LateException(String message) {
            super(message);
        }
    }
}
