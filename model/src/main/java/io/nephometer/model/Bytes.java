// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import com.google.errorprone.annotations.Immutable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** An immutable string of bytes with value equality; what came over the wire, untouched. */
@Immutable
public final class Bytes {
    @SuppressWarnings("Immutable") // never handed out and never written after construction
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes copyOf(byte[] content) {
        return new Bytes(content.clone());
    }

    /**
     * Takes {@code content} over without copying: for bytes that a library has just allocated for us. The caller must not
     * write to the array afterwards.
     */
    public static Bytes wrap(byte[] content) {
        return new Bytes(content);
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return content.length;
    }

    /** A copy that the caller may change. */
    public byte[] toArray() {
        return content.clone();
    }

    /** The array itself, for readers (parsers, drivers) that promise not to write to it. */
    public byte[] unsafeArray() {
        return content;
    }

    /** Decoded as UTF-8; malformed sequences become U+FFFD. For people, not for parsing. */
    public String toText() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The SHA-256 of the content, 32 bytes. */
    public Bytes sha256() {
        return new Bytes(sha256Digest().digest(content));
    }

    /** A fresh SHA-256 digest; every Java platform has it. */
    public static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The size only: content may be large and may hold what must not be logged. */
    @Override
    public String toString() {
        return "Bytes[" + content.length + "]";
    }
}
