// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines as bytes: recordings may hold bytes that are not text. Used by one thread. */
final class LineReader implements AutoCloseable {
    private final InputStream in;
    private final int maxBytes;
    private long number;

    /** @param maxBytes a longer line is an error, so that a file without line ends cannot fill the memory */
    LineReader(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.maxBytes = maxBytes;
    }

    /** The next line without its end, or null at the end of the stream. */
    byte @Nullable [] next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        while (c >= 0 && c != '\n') {
            if (line.size() >= maxBytes) {
                throw new IOException("line " + number + " is longer than " + maxBytes + " bytes");
            }
            line.write(c);
            c = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** The number of the line last read, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
