// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the binary form of COPY, which is about half again as fast as inserting them. Reference: PostgreSQL manual, COPY,
 * "Binary Format".
 */
final class BinaryCopy {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final ByteBuffer number = ByteBuffer.allocate(20);

    BinaryCopy() {
        bytes.writeBytes(HEADER);
    }

    BinaryCopy row(int columns) {
        put(number.clear().putShort((short) columns));
        return this;
    }

    BinaryCopy int8(long value) {
        put(number.clear().putInt(8).putLong(value));
        return this;
    }

    BinaryCopy int2(short value) {
        put(number.clear().putInt(2).putShort(value));
        return this;
    }

    BinaryCopy int4(int value) {
        put(number.clear().putInt(4).putInt(value));
        return this;
    }

    BinaryCopy uuid(UUID value) {
        put(number.clear().putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits()));
        return this;
    }

    BinaryCopy text(@Nullable String value) {
        return bytea(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    BinaryCopy bytea(byte @Nullable [] value) {
        put(number.clear().putInt(value == null ? -1 : value.length));
        if (value != null) {
            bytes.writeBytes(value);
        }
        return this;
    }

    @SuppressWarnings("ByteBufferBackingArray") // it is always our own buffer, made by allocate()
    private void put(ByteBuffer filled) {
        bytes.write(filled.array(), 0, filled.position());
    }

    /** Sends the rows: {@code copy} is {@code COPY … FROM STDIN (FORMAT binary)}. */
    void send(Connection connection, String copy) throws SQLException {
        bytes.writeBytes(TRAILER);
        CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            byte[] content = bytes.toByteArray();
            in.writeToCopy(content, 0, content.length);
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }
}
