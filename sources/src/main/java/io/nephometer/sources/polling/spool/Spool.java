// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on disk, first in first out, within a bound; when it is reached, or the disk is full, the oldest file goes. An appended
 * message is durable: it survives a crash of the machine. What a disk does not give back is passed over. What is lost, in whatever
 * way, is remembered until it is told. A message that was taken out comes again after a restart if others of its file had not been
 * taken out yet; its id is the same, so that it is known. Thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final BusObserver observer;
    private final SpoolFolder folder;
    private final SpoolState state;
    /** Guards the files themselves, which is why there is I/O under it: who appends waits for who reads, and no longer. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Losses losses;

    @GuardedBy("lock") private final Segments segments;

    public Spool(SpoolOptions options, BusObserver observer) {
        this(options, observer, Disk.real());
    }

    Spool(SpoolOptions options, BusObserver observer, Disk disk) {
        this.observer = observer;
        this.folder = new SpoolFolder(options.folder());
        this.state = new SpoolState(options.folder());
        this.losses = new Losses(folder.losses());
        this.segments = new Segments(options, folder, disk, losses, observer);
    }

    /** Opens it if it can be used now; else it is told by its health, and {@link #tend} tries again. */
    public void start() {
        tend();
    }

    /** Does what could not be done before: opening, and writing down what was lost. */
    void tend() {
        lock.lock();
        try {
            if (!folder.isOpen()) {
                open();
            }
            losses.save();
            state.kept(folder.kept());
        } catch (IOException e) {
            state.unusable(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes the folder, or reads what an earlier process left there.
     *
     * @throws IOException if it cannot be used, or another process uses it
     */
    public void open() throws IOException {
        lock.lock();
        try {
            folder.open();
            losses.load();
            segments.open();
            state.takes();
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends messages, dropping the oldest ones if there is no room.
     *
     * @throws IOException if the disk does not take them; those before the first that it did not take are kept
     */
    public void append(List<PollingMessage> messages) throws IOException {
        lock.lock();
        try {
            requireOpen();
            for (PollingMessage message : messages) {
                append(message);
            }
            state.takes();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void requireOpen() throws IOException {
        if (!folder.isOpen()) {
            throw new IOException(state.trouble());
        }
    }

    @GuardedBy("lock") private void append(PollingMessage message) throws IOException {
        try {
            segments.append(message);
        } catch (IOException e) {
            state.takesNothing(e);
            throw e;
        }
    }

    /** The oldest messages, at most {@code most}, left where they are. Empty if those were damaged, or if there are none. */
    public List<PollingMessage> oldest(int most) throws IOException {
        lock.lock();
        try {
            return segments.oldest(most);
        } finally {
            lock.unlock();
        }
    }

    /** Some messages that are not the oldest, at most {@code most}, left where they are; empty if there are none, or if those were damaged. */
    List<PollingMessage> behind(int most) throws IOException {
        lock.lock();
        try {
            return segments.behind(most);
        } finally {
            lock.unlock();
        }
    }

    /** These oldest messages are done with. If some were dropped meanwhile, that much less is removed. */
    public void remove(List<PollingMessage> done) throws IOException {
        lock.lock();
        try {
            for (PollingMessage message : done) {
                segments.remove(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The oldest message can never be delivered: it is kept for a person to look at, and told. */
    void refused(PollingMessage message, String why) throws IOException {
        lock.lock();
        try {
            if (segments.remove(message)) {
                folder.keepRefused(message.id(), message.body());
                LOG.error(
                        "The broker takes others and never message {} with {} samples of {}, which is lost: {}",
                        message.id(),
                        message.samples(),
                        message.slot(),
                        why);
                observer.lost(LossReason.BUS_REFUSED.label(), 1, message.samples());
                losses.add(
                        List.of(Loss.one(LossReason.BUS_REFUSED, message.member(), message.slot(), message.samples())));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A slot of now, and of whom: with it that is told of which nobody knows whose it was. */
    void seen(Slot slot, String member) {
        lock.lock();
        try {
            losses.place(slot, member);
        } finally {
            lock.unlock();
        }
    }

    /** What was lost and not told yet. */
    List<Loss> untoldLosses() {
        lock.lock();
        try {
            return losses.all();
        } finally {
            lock.unlock();
        }
    }

    /** By loss, in how many of its first slots it is told. */
    void told(Map<Loss, Long> told) {
        lock.lock();
        try {
            told.forEach(losses::told);
            losses.save();
        } finally {
            lock.unlock();
        }
    }

    /** What tells of a loss can never be delivered: nothing more is told of it, but by what is kept for a person to look at. */
    void giveUp(Loss loss, PollingMessage message, String why) {
        lock.lock();
        try {
            folder.keepRefused(message.id(), message.body());
            LOG.error(
                    "It cannot be told that {} messages of {} are lost ({}), from slot {} to {}: others are taken, and this is refused: {}",
                    loss.messages(),
                    loss.member(),
                    loss.reason().label(),
                    loss.first().start(),
                    loss.last().start(),
                    why);
            losses.told(loss, loss.slots());
            losses.save();
        } finally {
            lock.unlock();
        }
    }

    /** Degraded while it takes nothing, while a loss is not told, and while files are kept for a person to look at. */
    public Health health() {
        lock.lock();
        try {
            return state.health(segments.messages(), losses.all(), losses.unplaced());
        } finally {
            lock.unlock();
        }
    }

    /** What its files hold, in bytes. */
    public long bytes() {
        lock.lock();
        try {
            return segments.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait. */
    public long messages() {
        lock.lock();
        try {
            return segments.messages();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the folder go; what is in it stays. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            segments.close();
            folder.close();
        } finally {
            lock.unlock();
        }
    }
}
