// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file of a spool: records, appended by the process that made it and read from the front. Not thread-safe. */
final class Segment implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private final Path file;
    private final FileChannel channel;
    private final Disk disk;
    /** Where the good records end. */
    private long end;
    /** Where the next record to read begins. */
    private long position;
    /** What dropping it would lose. */
    private final Map<String, Loss> unread = new LinkedHashMap<>();

    private int messages;
    private long unreadSamples;

    private Segment(Path file, FileChannel channel, Disk disk) {
        this.file = file;
        this.channel = channel;
        this.disk = disk;
    }

    /** A new file, for its owner alone. */
    static Segment create(Path file, Disk disk) throws IOException {
        Set<StandardOpenOption> how =
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(file, FileChannel.open(file, how, OWNER_ALONE), disk);
    }

    /** A file that an earlier process left, up to the first record that is not whole. */
    static Segment open(Path file, Disk disk) throws IOException {
        Segment segment = new Segment(file, FileChannel.open(file, StandardOpenOption.READ), disk);
        Entry entry = segment.read(0);
        while (entry != null) {
            segment.count(entry.message());
            segment.end = entry.end();
            entry = segment.read(entry.end());
        }
        return segment;
    }

    /** A record, and where it ends. */
    record Entry(PollingMessage message, long end) {}

    /**
     * Appends a record; all of it is durable, or nothing of it counts.
     *
     * @throws IOException if the disk does not take it
     */
    void append(PollingMessage message) throws IOException {
        ByteBuffer record = SpoolRecord.write(message);
        int size = record.remaining();
        try {
            channel.position(end);
            disk.append(channel, record);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        end += size;
        count(message);
    }

    /** What is left of a record that did not fit would be taken for damage later. */
    private void cutBack(IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void count(PollingMessage message) {
        messages++;
        unreadSamples += message.samples();
        Losses.merge(unread, Losses.one(message.slot(), message.samples()));
    }

    /** The record at {@code from}; null if none begins there, or it is not whole. */
    @Nullable Entry read(long from) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(SpoolRecord.HEAD_BYTES);
        if (!fill(head, from)) {
            return null;
        }
        int length = head.getInt(0);
        if (length <= 0 || length > SpoolRecord.MOST_BYTES || from + SpoolRecord.HEAD_BYTES + length > channel.size()) {
            return null;
        }
        ByteBuffer content = ByteBuffer.allocate(length);
        if (!fill(content, from + SpoolRecord.HEAD_BYTES)
                || SpoolRecord.checksum(length, content.array(), 0) != head.getInt(4)) {
            return null;
        }
        return new Entry(SpoolRecord.read(content.array()), from + SpoolRecord.HEAD_BYTES + length);
    }

    private boolean fill(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    /** What lies before it was read and is done with. */
    void advance(Entry entry) {
        position = entry.end();
        messages--;
        unreadSamples -= entry.message().samples();
    }

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    boolean isRead() {
        return position >= end;
    }

    /** How many are not read. */
    int messages() {
        return messages;
    }

    /** Of messages that are not read. */
    long unreadSamples() {
        return unreadSamples;
    }

    /** What is lost if it is deleted now; of a file that was read in part, about. */
    Collection<Loss> losses() {
        return unread.values();
    }

    /** Bytes after the last whole record. */
    long damagedBytes() throws IOException {
        return Math.max(0, Files.size(file) - end);
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
