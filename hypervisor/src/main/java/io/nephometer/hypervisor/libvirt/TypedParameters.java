// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads arrays of {@code virTypedParameter}: {@code char field[80]; int type; union value}, 96 bytes each on all 64-bit
 * machines. A value of a type that its name does not lead one to expect is passed over. Not thread-safe.
 */
final class TypedParameters {
    /** Size of one, in bytes. */
    static final long SIZE = 96;

    private static final long TYPE = 80;
    private static final long VALUE = 88;
    /** Longer than any name of a disk or an interface. */
    private static final long MAX_TEXT = 8_192;

    private static final int INT = 1;
    private static final int UNSIGNED_INT = 2;
    private static final int LONG = 3;
    private static final int UNSIGNED_LONG = 4;
    private static final int DOUBLE = 5;
    private static final int BOOLEAN = 6;
    private static final int STRING = 7;

    private final ParameterNames names = new ParameterNames();

    /** Reads them all into {@code into}, which is cleared before. */
    void read(MemorySegment parameters, DomainReading into) {
        into.clear();
        for (long at = 0; at < parameters.byteSize(); at += SIZE) {
            ParameterName name = names.at(parameters, at);
            Quantity quantity = name.quantity();
            if (quantity != null) {
                read(parameters, at, name, quantity, into);
            }
        }
    }

    private static void read(
            MemorySegment parameters, long at, ParameterName name, Quantity quantity, DomainReading into) {
        int type = parameters.get(ValueLayout.JAVA_INT, at + TYPE);
        if (quantity.isText()) {
            if (type == STRING) {
                into.text(quantity, name.index(), text(parameters.get(ValueLayout.ADDRESS, at + VALUE)));
            }
        } else if (type >= INT && type <= BOOLEAN && type != DOUBLE) {
            long value = number(parameters, at, type);
            if (quantity == Quantity.PERF) {
                into.perf(name.label(), value);
            } else {
                into.number(quantity, name.index(), value);
            }
        } else if (quantity == Quantity.BLOCK_PATH) {
            into.number(quantity, name.index(), 0); // that there is one is all that matters
        }
    }

    private static long number(MemorySegment parameters, long at, int type) {
        return switch (type) {
            case LONG, UNSIGNED_LONG -> parameters.get(ValueLayout.JAVA_LONG, at + VALUE);
            case UNSIGNED_INT -> Integer.toUnsignedLong(parameters.get(ValueLayout.JAVA_INT, at + VALUE));
            case BOOLEAN -> parameters.get(ValueLayout.JAVA_BYTE, at + VALUE);
            default -> parameters.get(ValueLayout.JAVA_INT, at + VALUE);
        };
    }

    @SuppressWarnings("restricted") // a pointer of libvirt to a text that ends with a zero byte
    private static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(MAX_TEXT).getString(0);
    }
}
