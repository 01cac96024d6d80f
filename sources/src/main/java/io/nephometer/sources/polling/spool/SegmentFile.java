// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records in a file, by their place in it. What is damaged between them is found. Not thread-safe. */
final class SegmentFile implements AutoCloseable {
    private static final int WINDOW_BYTES = 64 << 10;

    private final Path path;
    private final FileChannel channel;
    private final Disk disk;

    private SegmentFile(Path path, FileChannel channel, Disk disk) {
        this.path = path;
        this.channel = channel;
        this.disk = disk;
    }

    /** For its owner alone. */
    static SegmentFile create(Path path, Disk disk) throws IOException {
        return new SegmentFile(path, FileChannel.open(path, SpoolFolder.NEW, SpoolFolder.OWNERS_FILE), disk);
    }

    static SegmentFile open(Path path, Disk disk) throws IOException {
        return new SegmentFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), disk);
    }

    /** A record, and where it ends. */
    record Entry(PollingMessage message, long end) {}

    /** Appends at {@code end}: all of it is durable, or the file ends there as before. */
    void append(ByteBuffer record, long end) throws IOException {
        try {
            channel.position(end);
            disk.append(channel, record);
        } catch (IOException e) {
            cutBack(end, e);
            throw e;
        }
    }

    /** What is left of a record that did not fit would be taken for damage later. */
    private void cutBack(long end, IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The record at {@code from}; null if none begins there, or it is not whole. */
    @Nullable Entry read(long from) throws IOException {
        ByteBuffer head = head(from);
        if (head == null) {
            return null;
        }
        int length = head.getInt(0);
        long end = from + SpoolRecord.HEAD_BYTES + length;
        if (length <= 0 || length > SpoolRecord.MOST_BYTES || end > channel.size()) {
            return null;
        }
        byte[] content = bytes(from + SpoolRecord.HEAD_BYTES, length);
        return SpoolRecord.checksum(length, content, 0) == head.getInt(4) ? entry(content, end) : null;
    }

    /** A checksum that fits by chance is no reason to stop. */
    private static @Nullable Entry entry(byte[] content, long end) {
        try {
            return new Entry(SpoolRecord.read(content), end);
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }

    /** Up to {@code length} bytes; fewer at the end of the file. */
    private byte[] bytes(long from, int length) throws IOException {
        byte[] array = new byte[Math.toIntExact(Math.clamp(channel.size() - from, 0, (long) length))];
        ByteBuffer bytes = ByteBuffer.wrap(array);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                return Arrays.copyOf(array, bytes.position());
            }
        }
        return array;
    }

    /** Null at the end of the file. */
    private @Nullable ByteBuffer head(long from) throws IOException {
        byte[] head = bytes(from, SpoolRecord.HEAD_BYTES);
        return head.length < SpoolRecord.HEAD_BYTES ? null : ByteBuffer.wrap(head);
    }

    /** Where the damaged stretch ends that is marked at {@code from}; {@code from} itself if none is. */
    long markedEnd(long from) throws IOException {
        ByteBuffer head = head(from);
        long end = head == null ? from : from + SpoolRecord.marked(head);
        return end <= channel.size() ? end : from;
    }

    /** What lies between {@code from}, where no record can be read, and the next that can, or the end of the file. */
    Gap gap(long from) throws IOException {
        List<SpoolRecord.Label> labels = new ArrayList<>();
        SpoolRecord.Label first = label(from);
        if (first != null) {
            labels.add(first);
        }
        return new Gap(from, next(from + 1, labels), labels, first == null ? 1 : 0);
    }

    private long next(long from, List<SpoolRecord.Label> passed) throws IOException {
        long size = channel.size();
        for (long at = from; at < size; at += WINDOW_BYTES) {
            ByteBuffer window = ByteBuffer.wrap(bytes(at, WINDOW_BYTES + SpoolRecord.PEEKED_BYTES));
            for (int i = 0; i < WINDOW_BYTES && i + SpoolRecord.PEEKED_BYTES <= window.limit(); i++) {
                if (SpoolRecord.mayBegin(window, i, size - at - i) && read(at + i) != null) {
                    return at + i;
                }
                SpoolRecord.Label label = SpoolRecord.mayBeLabelled(window, i) ? label(at + i) : null;
                if (label != null) {
                    passed.add(label);
                }
            }
        }
        return size;
    }

    private SpoolRecord.@Nullable Label label(long from) throws IOException {
        return SpoolRecord.labelOf(bytes(from + SpoolRecord.HEAD_BYTES, SpoolRecord.MOST_LABEL_BYTES));
    }

    /**
     * Marks a stretch, so that whoever opens the file again passes over it.
     *
     * @throws IOException if the disk does not take that
     */
    void mark(Gap gap) throws IOException {
        if (gap.bytes() < SpoolRecord.HEAD_BYTES) {
            channel.truncate(gap.from()); // so small that it is the last
        } else {
            ByteBuffer mark = SpoolRecord.mark(gap.bytes());
            while (mark.hasRemaining()) {
                channel.write(mark, gap.from() + mark.position());
            }
        }
        channel.force(false);
    }

    Path path() {
        return path;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
