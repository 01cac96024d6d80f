// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.MessageId;
import io.nephometer.model.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of one row of samples, in a few bytes each.
 *
 * <p>Form: one byte of flags; the message's id as text if flagged; then per sample the meter's reference, {@code ordinal × 4 +
 * form of the volume}, the volume, and for a polled sample its own id. Integers are varints of seven bits, least significant
 * first; signed ones are zigzag. Ids of derived samples are implicit.
 *
 * @param messageText the message's id as sent where the row's key does not show it, else null
 * @param entries in the order they were derived
 */
public record SamplePack(@Nullable String messageText, List<Entry> entries) {
    private static final int POLLED = 1;
    private static final int WITH_TEXT = 2;

    private static final int LONG = 0;
    private static final int DOUBLE = 1;
    private static final int WHOLE_DOUBLE = 2;

    private static final double LARGEST_WHOLE = 1L << 53;

    public SamplePack {
        entries = List.copyOf(entries);
    }

    /**
     * One sample.
     *
     * @param meter reference
     * @param volume a Long or a Double
     * @param ordinal among the samples of this meter that the notification gave; 0 if polled
     * @param own the id that a polled sample came with, else null
     */
    public record Entry(
            int meter, Number volume, int ordinal, @Nullable MessageId own) {
        /** Where the sample comes from, given the message of its row. */
        public Sample.Origin origin(MessageId message) {
            return own == null ? new Sample.Origin.Derived(message, ordinal) : new Sample.Origin.Polled(own);
        }
    }

    /** The stored form. All entries are polled, or none. */
    public byte[] toBytes() {
        boolean polled = !entries.isEmpty() && entries.getFirst().own() != null;
        ByteArrayOutputStream out = new ByteArrayOutputStream(16);
        out.write((polled ? POLLED : 0) | (messageText == null ? 0 : WITH_TEXT));
        if (messageText != null) {
            text(out, messageText);
        }
        for (Entry entry : entries) {
            varint(out, entry.meter());
            int form = form(entry.volume());
            varint(out, ((long) entry.ordinal() << 2) | form);
            volume(out, form, entry.volume());
            if (entry.own() != null) {
                id(out, entry.own());
            }
        }
        return out.toByteArray();
    }

    /** Reads the stored form. */
    public static SamplePack of(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        int flags = in.get();
        String messageText = (flags & WITH_TEXT) == 0 ? null : text(in);
        List<Entry> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            int meter = (int) varint(in);
            long tag = varint(in);
            Number volume = volume(in, (int) tag & 3);
            entries.add(new Entry(meter, volume, (int) (tag >>> 2), (flags & POLLED) == 0 ? null : id(in)));
        }
        return new SamplePack(messageText, entries);
    }

    private static int form(Number volume) {
        if (volume instanceof Long) {
            return LONG;
        }
        double value = volume.doubleValue();
        boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE;
        return whole && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0) ? WHOLE_DOUBLE : DOUBLE;
    }

    private static void volume(ByteArrayOutputStream out, int form, Number volume) {
        if (form == DOUBLE) {
            byte[] bits = ByteBuffer.allocate(8).putDouble(volume.doubleValue()).array();
            out.write(bits, 0, 8);
        } else {
            long value = volume.longValue();
            varint(out, (value << 1) ^ (value >> 63));
        }
    }

    private static Number volume(ByteBuffer in, int form) {
        if (form == DOUBLE) {
            return in.getDouble();
        }
        long zigzag = varint(in);
        long value = (zigzag >>> 1) ^ -(zigzag & 1);
        return form == LONG ? (Number) value : (Number) (double) value;
    }

    private static void id(ByteArrayOutputStream out, MessageId own) {
        if (own.isCanonical()) {
            UUID key = own.key();
            varint(out, 0);
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(key.getMostSignificantBits())
                    .putLong(key.getLeastSignificantBits())
                    .array();
            out.write(bytes, 0, 16);
        } else {
            text(out, own.text());
        }
    }

    private static MessageId id(ByteBuffer in) {
        in.mark();
        if (varint(in) == 0) {
            return new MessageId(new UUID(in.getLong(), in.getLong()).toString());
        }
        in.reset();
        return new MessageId(text(in));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }
}
