// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Text as stored bytes: one byte that names the method, then deflated UTF-8. Method 1 knows a dictionary of what metadata
 * usually says, without which texts this short hardly shrink. A dictionary is never changed: what was written with it could
 * not be read any more; a better one becomes method 2.
 */
public final class Compression {
    private static final byte METHOD = 1;
    private static final byte[] DICTIONARY = resource("metadata-dictionary-1.txt");

    private Compression() {}

    /** The stored form of {@code text}. */
    public static byte[] deflate(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + plain.length / 2);
            bytes.write(METHOD);
            byte[] chunk = new byte[1024];
            while (!deflater.finished()) {
                bytes.write(chunk, 0, deflater.deflate(chunk));
            }
            return bytes.toByteArray();
        }
    }

    /** The text that {@link #deflate} stored. */
    public static String inflate(byte[] stored) {
        if (stored.length == 0 || stored[0] != METHOD) {
            throw new IllegalStateException("the ledger holds text compressed by an unknown method");
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(stored, 1, stored.length - 1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * stored.length);
            byte[] chunk = new byte[1024];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 && inflater.needsInput()) {
                    throw new IllegalStateException("the ledger holds compressed text that is cut off");
                }
                bytes.write(chunk, 0, length);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalStateException("the ledger holds compressed text that is damaged", e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = Compression.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from this program: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
