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
        ByteBuffer hash = ByteBuffer.wrap(Bytes.sha256Digest().digest(content));
        return new BodyHash(hash.getLong(), hash.getLong());
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
