// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on disk, first in first out, within a bound; when it is reached the oldest file goes. An appended message is durable:
 * it survives a crash of the machine. A message that was taken out comes again after a restart if others of its file had not
 * been taken out yet; its id is the same, so that it is known. Thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String SUFFIX = ".spool";

    private final SpoolOptions options;
    private final BusObserver observer;
    private final Disk disk;
    private final Losses losses;
    /** Guards the files themselves, which is why there is I/O under it: who appends waits for who reads, and no longer. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Deque<Segment> segments = new ArrayDeque<>();

    @GuardedBy("lock") private @Nullable Segment current;

    @GuardedBy("lock") private @Nullable FileChannel owner;

    @GuardedBy("lock") private long number;

    public Spool(SpoolOptions options, BusObserver observer) {
        this(options, observer, Disk.real());
    }

    Spool(SpoolOptions options, BusObserver observer, Disk disk) {
        this.options = options;
        this.observer = observer;
        this.disk = disk;
        this.losses = new Losses(options.folder().resolve("lost.json"));
    }

    /**
     * Makes the folder, or reads what an earlier process left there.
     *
     * @throws IOException if it cannot be used, or another process uses it
     */
    public void open() throws IOException {
        lock.lock();
        try {
            Files.createDirectories(
                    options.folder(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            own();
            for (Path file : files()) {
                recover(file);
            }
            loadLosses();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void own() throws IOException {
        FileChannel channel =
                FileChannel.open(options.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        owner = channel;
        if (!tryLock(channel)) {
            channel.close();
            throw new IOException(
                    "another process uses the spool " + options.folder() + "; give each a folder of its own");
        }
    }

    /** The lock goes with the channel. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(options.folder())) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{16}\\" + SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @GuardedBy("lock") private void recover(Path file) throws IOException {
        String name = file.getFileName().toString();
        number = Math.max(number, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
        Segment segment = Segment.open(file, disk);
        long damaged = segment.damagedBytes();
        if (damaged > 0) {
            observer.damaged(damaged);
            LOG.warn("{}: the last {} bytes are no whole record and are left out", file, damaged);
        }
        if (segment.isRead()) {
            segment.delete();
        } else {
            segments.addLast(segment);
        }
    }

    private void loadLosses() {
        try {
            losses.load();
        } catch (IOException e) {
            LOG.warn("What an earlier process dropped cannot be told any more", e);
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
            for (PollingMessage message : messages) {
                append(message);
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private void append(PollingMessage message) throws IOException {
        Segment segment = current;
        if (segment == null || segment.end() >= options.segmentBytes()) {
            segment = Segment.create(options.folder().resolve("%016d%s".formatted(++number, SUFFIX)), disk);
            force(options.folder());
            segments.addLast(segment);
            current = segment;
        }
        segment.append(message);
        while (bytesHeld() > options.maxBytes() && segments.size() > 1) {
            dropOldest();
        }
    }

    /** Without it the name of a new file may not survive a crash. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @GuardedBy("lock") private void dropOldest() throws IOException {
        Segment oldest = segments.removeFirst();
        observer.dropped(oldest.messages(), Math.toIntExact(oldest.unreadSamples()));
        LOG.warn(
                "The spool {} is full ({} bytes): dropped its {} oldest messages with {} samples",
                options.folder(),
                options.maxBytes(),
                oldest.messages(),
                oldest.unreadSamples());
        oldest.delete();
        losses.add(oldest.losses());
    }

    /** The oldest messages, at most {@code most}, left where they are. */
    public List<PollingMessage> oldest(int most) throws IOException {
        lock.lock();
        try {
            List<PollingMessage> messages = new ArrayList<>();
            for (Segment.Entry entry : entries(most)) {
                messages.add(entry.message());
            }
            return messages;
        } finally {
            lock.unlock();
        }
    }

    /** Of the oldest file alone. */
    @GuardedBy("lock") private List<Segment.Entry> entries(int most) throws IOException {
        List<Segment.Entry> entries = new ArrayList<>();
        Segment segment = segments.peekFirst();
        if (segment == null) {
            return entries;
        }
        long position = segment.position();
        while (entries.size() < most && position < segment.end()) {
            Segment.Entry entry = segment.read(position);
            if (entry == null) {
                abandon(segment, position);
                break;
            }
            entries.add(entry);
            position = entry.end();
        }
        return entries;
    }

    /** A record that was whole is not any more: what follows in the file cannot be found. */
    @GuardedBy("lock") private void abandon(Segment segment, long position) throws IOException {
        if (position > segment.position()) {
            return; // first what comes before it
        }
        observer.damaged(segment.end() - position);
        observer.dropped(segment.messages(), Math.toIntExact(segment.unreadSamples()));
        LOG.error("A file of the spool {} is damaged: lost {} messages", options.folder(), segment.messages());
        segments.removeFirst();
        forgetIfCurrent(segment);
        segment.delete();
        losses.add(segment.losses());
    }

    @GuardedBy("lock") private void forgetIfCurrent(Segment segment) {
        if (segment.equals(current)) {
            current = null;
        }
    }

    /** These oldest messages are done with. If some were dropped meanwhile, that much less is removed. */
    public void remove(List<PollingMessage> done) throws IOException {
        lock.lock();
        try {
            for (PollingMessage message : done) {
                Segment segment = segments.peekFirst();
                Segment.Entry entry = segment == null ? null : segment.read(segment.position());
                if (segment == null || entry == null || !entry.message().id().equals(message.id())) {
                    continue;
                }
                segment.advance(entry);
                if (segment.isRead()) {
                    segments.removeFirst();
                    forgetIfCurrent(segment);
                    segment.delete();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was dropped and not told yet. */
    List<Loss> untoldLosses() {
        lock.lock();
        try {
            return losses.all();
        } finally {
            lock.unlock();
        }
    }

    void told(List<Loss> told) throws IOException {
        lock.lock();
        try {
            losses.remove(told);
        } finally {
            lock.unlock();
        }
    }

    /** What its files hold, in bytes. */
    public long bytes() {
        lock.lock();
        try {
            return bytesHeld();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private long bytesHeld() {
        return segments.stream().mapToLong(Segment::end).sum();
    }

    /** How many messages wait. */
    public long messages() {
        lock.lock();
        try {
            return segments.stream().mapToLong(Segment::messages).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the folder go; what is in it stays. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (Segment segment : segments) {
                segment.close();
            }
            segments.clear();
            current = null;
            if (owner != null) {
                owner.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
