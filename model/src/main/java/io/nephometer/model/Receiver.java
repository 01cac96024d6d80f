// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages enter: a queue of the bus, a file, the in-process bus. One thread receives and settles; {@link #close} may
 * come from any.
 *
 * <p>The source keeps each delivery until it is acknowledged. A delivery that is neither acknowledged nor given back (the
 * process dies, the connection breaks) comes again, if the source can do that at all.
 */
public interface Receiver extends AutoCloseable {
    /** The name under which progress and metrics are kept, such as {@code rabbitmq:nephometer.notifications}. */
    String name();

    /** Begins to take messages, now or as soon as the source can be reached. Returns soon; does not throw if it cannot. */
    void start();

    /**
     * The next message.
     *
     * @param wait how long to wait for one at most
     * @return null if none came in time
     */
    @Nullable Delivery receive(Duration wait) throws InterruptedException;

    /** Whether no message will ever come again: a file at its end. Queues never are. */
    boolean isExhausted();

    /** Settles deliveries after the ledger has them durably. Stale ones (of a connection that is gone) are ignored. */
    void acknowledge(List<? extends Delivery> deliveries);

    /** Gives deliveries back unprocessed, in order, to be delivered again to us or to another consumer. */
    void giveBack(List<? extends Delivery> deliveries);

    /** Stops taking messages and gives back those received from the source but not handed out yet. */
    void pause();

    /** Takes messages again after {@link #pause}. */
    void resume();

    /** Stops, gives back what was not settled, and releases what was opened. Legal before start, and twice. */
    @Override
    void close();
}
