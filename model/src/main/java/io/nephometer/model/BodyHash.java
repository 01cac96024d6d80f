// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of what a sender said under a {@link MessageId}. Two messages with one id and different
 * hashes are a conflict, never a duplicate.
 *
 * @param high the first eight bytes, big-endian
 * @param low the next eight bytes
 */
public record BodyHash(long high, long low) {
    /** Of the given bytes. */
    public static BodyHash of(byte[] content) {
        return ofBytes(Bytes.sha256Digest().digest(content));
    }

    /** The one whose bytes these begin with; see {@link #toBytes}. */
    public static BodyHash ofBytes(byte[] bytes) {
        ByteBuffer hash = ByteBuffer.wrap(bytes);
        return new BodyHash(hash.getLong(), hash.getLong());
    }

    /** 16 bytes, big-endian. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
