// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A message as a file holds it: the length of what follows the next eight bytes, the CRC-32C of length and content, the
 * content. A record that a crash cut off, or a disk changed, is known by it.
 */
final class SpoolRecord {
    static final int HEAD_BYTES = 8;
    /** Longer ones are not written; a length beyond it is damage. */
    static final int MOST_BYTES = 64 << 20;

    private SpoolRecord() {}

    /** @throws IOException if a part of it is too long for a record */
    static ByteBuffer write(PollingMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.body().length() + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0); // the head
            out.writeUTF(message.id());
            out.writeUTF(message.slot().source());
            out.writeLong(message.slot().interval().toSeconds());
            out.writeLong(message.slot().start().getEpochSecond());
            out.writeInt(message.samples());
            out.write(message.body().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer record = ByteBuffer.wrap(bytes.toByteArray());
        int length = record.limit() - HEAD_BYTES;
        return record.putInt(0, length).putInt(4, checksum(length, record.array(), HEAD_BYTES));
    }

    static int checksum(int length, byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(length).flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static PollingMessage read(byte[] content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            String id = in.readUTF();
            String source = in.readUTF();
            Duration interval = Duration.ofSeconds(in.readLong());
            Slot slot = new Slot(source, interval, Instant.ofEpochSecond(in.readLong()));
            int samples = in.readInt();
            return new PollingMessage(id, slot, samples, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
