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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A message as a file holds it: the length of what follows the next eight bytes, the CRC-32C of length and content, the
 * content. A record that a crash cut off, or a disk changed, is known by it.
 *
 * <p>The content is a one, the CRC-32C of the label and the label's length; the label (id, slot, number of samples, member); the body, which
 * is JSON. So a body that is damaged still says whose it was, and what a search meets inside a body is no record: JSON has no
 * characters below a blank, and a length or a one in front begins with such. Records of earlier versions lack the first three,
 * so that theirs begin with the length of the id, with a zero; or the member, the last of the label.
 *
 * <p>Where a damaged stretch was found it is marked, so that it is passed over and told once: the complement of its length beyond
 * these eight bytes, and the CRC-32C of that.
 */
final class SpoolRecord {
    static final int HEAD_BYTES = 8;
    /** Longer ones are not written; a length beyond it is damage. */
    static final int MOST_BYTES = 64 << 20;
    /** A search looks at so many bytes to tell whether a record may begin with them. */
    static final int PEEKED_BYTES = HEAD_BYTES + 2;
    /** What a label may take, with what stands before it. */
    static final int MOST_LABEL_BYTES = 1 << 12;

    private static final int LABELLED = 1;
    private static final int BEFORE_LABEL = 1 + Integer.BYTES + Short.BYTES;

    private SpoolRecord() {}

    /** What a record says of its message. */
    record Label(String id, Slot slot, String member, int samples) {}

    /** @throws IOException if a part of it is too long for a record */
    static ByteBuffer write(PollingMessage message) throws IOException {
        byte[] label = label(message);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.body().length() + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0); // the head
            out.writeByte(LABELLED);
            out.writeInt(checksum(label.length, label, 0));
            out.writeShort(label.length);
            out.write(label);
            out.write(message.body().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer record = ByteBuffer.wrap(bytes.toByteArray());
        int length = record.limit() - HEAD_BYTES;
        if (length > MOST_BYTES) {
            throw new IOException("a message of " + length + " bytes is too large for the spool");
        }
        return record.putInt(0, length).putInt(4, checksum(length, record.array(), HEAD_BYTES));
    }

    private static byte[] label(PollingMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(message.id());
            out.writeUTF(message.slot().source());
            out.writeLong(message.slot().interval().toSeconds());
            out.writeLong(message.slot().start().getEpochSecond());
            out.writeInt(message.samples());
            out.writeUTF(message.member());
        }
        if (bytes.size() > MOST_LABEL_BYTES - BEFORE_LABEL) {
            throw new IOException("id, source and member of message " + message.id() + " are too long for the spool");
        }
        return bytes.toByteArray();
    }

    static int checksum(int length, byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Of a record whose checksum is right. */
    static PollingMessage read(byte[] content) throws IOException {
        boolean labelled = content[0] == LABELLED;
        int from = labelled ? BEFORE_LABEL : 0;
        int length = labelled ? ByteBuffer.wrap(content).getShort(1 + Integer.BYTES) : content.length;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content, from, length))) {
            Label label = label(in, labelled);
            String body = labelled
                    ? new String(content, from + length, content.length - from - length, StandardCharsets.UTF_8)
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new PollingMessage(label.id(), label.slot(), label.member(), label.samples(), body);
        }
    }

    /** @param alone whether nothing stands behind the label */
    private static Label label(DataInputStream in, boolean alone) throws IOException {
        String id = in.readUTF();
        String source = in.readUTF();
        Duration interval = Duration.ofSeconds(in.readLong());
        Slot slot = new Slot(source, interval, Instant.ofEpochSecond(in.readLong()));
        int samples = in.readInt();
        return new Label(id, slot, alone && in.available() > 0 ? in.readUTF() : "", samples);
    }

    /** What the beginning of a content says of the message if its label is whole, be the rest damaged; else null. */
    static @Nullable Label labelOf(byte[] beginning) {
        if (beginning.length < BEFORE_LABEL || beginning[0] != LABELLED) {
            return null;
        }
        int length = ByteBuffer.wrap(beginning).getShort(1 + Integer.BYTES);
        if (length <= 0
                || length > beginning.length - BEFORE_LABEL
                || checksum(length, beginning, BEFORE_LABEL)
                        != ByteBuffer.wrap(beginning).getInt(1)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(beginning, BEFORE_LABEL, length))) {
            return label(in, true);
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }

    /** Whether a record may begin with these {@link #PEEKED_BYTES}, in {@code left} bytes; whether it does its checksum tells. */
    static boolean mayBegin(ByteBuffer bytes, int at, long left) {
        int length = bytes.getInt(at);
        byte first = bytes.get(at + HEAD_BYTES);
        boolean ours = first == LABELLED || (first == 0 && bytes.get(at + HEAD_BYTES + 1) != 0);
        return length > 0 && length <= MOST_BYTES && HEAD_BYTES + (long) length <= left && ours;
    }

    /** Whether a label may begin with what stands {@link #HEAD_BYTES} behind {@code at}. */
    static boolean mayBeLabelled(ByteBuffer bytes, int at) {
        return bytes.get(at + HEAD_BYTES) == LABELLED;
    }

    /** For a damaged stretch of so many bytes, at least {@link #HEAD_BYTES}. */
    static ByteBuffer mark(long stretch) {
        int mark = ~Math.toIntExact(stretch - HEAD_BYTES);
        return ByteBuffer.allocate(HEAD_BYTES)
                .putInt(mark)
                .putInt(checksumOf(mark))
                .flip();
    }

    /** How long the stretch is that a head marks; 0 if it marks none. */
    static long marked(ByteBuffer head) {
        int mark = head.getInt(0);
        return mark < 0 && head.getInt(4) == checksumOf(mark) ? HEAD_BYTES + (long) ~mark : 0;
    }

    private static int checksumOf(int mark) {
        return checksum(
                Integer.BYTES, ByteBuffer.allocate(Integer.BYTES).putInt(mark).array(), 0);
    }
}
