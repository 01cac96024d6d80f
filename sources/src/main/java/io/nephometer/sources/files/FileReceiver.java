// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.files;

import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded notifications from files, one after the other, a line at a time. A file cannot be told what was settled:
 * what a crash leaves undone is done by reading the file again, which counts nothing twice. One thread receives and settles.
 */
public final class FileReceiver implements Receiver {
    /** A longer line is an error: room for a body of the largest size that is parsed, its quotes escaped twice. */
    private static final int MAX_LINE_BYTES = 24 << 20;

    private static final int GZIP_MAGIC = 0x8b1f;

    private final Deque<Path> files;
    private final Deque<Delivery> returned = new ArrayDeque<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private @Nullable LineReader reader;
    private @Nullable Path current;

    /** Nothing is opened before the first message is asked for. */
    public FileReceiver(List<Path> files) {
        this.files = new ArrayDeque<>(files);
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void start() {}

    /** Bytes read from the files so far, compressed as they are. May be asked by any thread. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /**
     * The next line; never waits.
     *
     * @throws UncheckedIOException if a file cannot be read; its message names file and line
     */
    @Override
    public @Nullable Delivery receive(Duration wait) {
        Delivery again = returned.pollFirst();
        if (again != null) {
            return again;
        }
        try {
            byte[] line = nextLine();
            return line == null ? null : new LineDelivery(RecordedLine.read(line));
        } catch (IOException e) {
            long number = reader == null ? 0 : reader.number();
            throw new UncheckedIOException("cannot read " + current + " after line " + number + ": " + e, e);
        }
    }

    private byte @Nullable [] nextLine() throws IOException {
        while (true) {
            LineReader open = reader;
            if (open == null) {
                Path next = files.pollFirst();
                if (next == null) {
                    return null;
                }
                current = next;
                open = open(next);
                reader = open;
            }
            byte[] line = open.next();
            if (line == null) {
                open.close();
                reader = null;
            } else if (!isBlank(line)) {
                return line;
            }
        }
    }

    private LineReader open(Path file) throws IOException {
        InputStream content =
                new BufferedInputStream(new CountingStream(Files.newInputStream(file), bytesRead), 1 << 16);
        return new LineReader(isZipped(content) ? new GZIPInputStream(content, 1 << 16) : content, MAX_LINE_BYTES);
    }

    /** By its first two bytes, whatever its name. */
    private static boolean isZipped(InputStream content) throws IOException {
        content.mark(2);
        int magic = content.read() | content.read() << 8;
        content.reset();
        return magic == GZIP_MAGIC;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isExhausted() {
        return files.isEmpty() && reader == null && returned.isEmpty();
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {}

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        for (Delivery delivery : deliveries.reversed()) {
            returned.addFirst(delivery);
        }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
        files.clear();
        returned.clear();
        LineReader open = reader;
        reader = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + current, e);
            }
        }
    }

    private record LineDelivery(RawMessage message) implements Delivery {}

    /** Counts what is read of a file, for progress. */
    private static final class CountingStream extends FilterInputStream {
        private final AtomicLong count;

        CountingStream(InputStream in, AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count.incrementAndGet();
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                count.addAndGet(n);
            }
            return n;
        }
    }
}
