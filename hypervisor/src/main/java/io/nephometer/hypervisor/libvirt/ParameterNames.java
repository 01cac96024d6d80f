// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows names of typed parameters by their bytes: each is parsed once, and found again without making an object. A hash table
 * with open addressing, whose keys are names in words of eight bytes, the last one filled up with zeros. Not thread-safe.
 */
final class ParameterNames {
    /** {@code VIR_TYPED_PARAM_FIELD_LENGTH}, the closing zero included. */
    static final int NAME_BYTES = 80;

    /** A host with disks, interfaces and processors beyond counting does not fill the memory: what is more is parsed each time. */
    private static final int MOST = 1 << 14;

    private static final int WORDS = NAME_BYTES / Long.BYTES;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    /** The order in which the lowest byte of a word is the first of the name, whatever the machine's own. */
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long[] words = new long[WORDS];
    private long[][] keys = new long[512][];
    private @Nullable ParameterName[] names = new ParameterName[512];
    private int size;

    /** The meaning of the name at {@code at}, which is a multiple of 8. */
    ParameterName at(MemorySegment parameters, long at) {
        int length = readWords(parameters, at);
        int slot = slot(keys, words, length);
        ParameterName known = names[slot];
        if (known != null) {
            return known;
        }
        ParameterName parsed =
                ParameterName.parse(parameters.asSlice(at, NAME_BYTES).getString(0));
        if (size < MOST) {
            keys[slot] = Arrays.copyOf(words, length);
            names[slot] = parsed;
            size++;
            growIfHalfFull();
        }
        return parsed;
    }

    private int readWords(MemorySegment parameters, long at) {
        for (int i = 0; i < WORDS; i++) {
            long word = parameters.get(WORD, at + (long) i * Long.BYTES);
            long zeros = (word - ONES) & ~word & HIGHS;
            if (zeros != 0) {
                // The lowest flag is that of the first zero byte; what stands behind it is none of the name.
                words[i] = word & ((Long.lowestOneBit(zeros) >>> 7) - 1);
                return i + 1;
            }
            words[i] = word;
        }
        throw new IllegalStateException("a typed parameter without end of its name");
    }

    private static int slot(long[][] table, long[] key, int length) {
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ key[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        int slot = (int) hash & (table.length - 1);
        while (table[slot] != null && !Arrays.equals(table[slot], 0, table[slot].length, key, 0, length)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private void growIfHalfFull() {
        if (size * 2 < keys.length) {
            return;
        }
        long[][] oldKeys = keys;
        @Nullable ParameterName[] oldNames = names;
        keys = new long[oldKeys.length * 2][];
        names = new ParameterName[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int slot = slot(keys, oldKeys[i], oldKeys[i].length);
                keys[slot] = oldKeys[i];
                names[slot] = oldNames[i];
            }
        }
    }
}
