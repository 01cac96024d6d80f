// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the typed parameters of one domain said, as a table of quantities by index. Used again for each domain, so that
 * reading makes few objects. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // columns of a table in memory, where each number saves a look-up
final class DomainReading {
    private long[][] values = new long[0][];
    /** Per index, a bit for each quantity that was said. */
    private long[] said = new long[0];

    private @Nullable String[] netNames = new String[0];
    private @Nullable String[] blockNames = new String[0];
    private int rows;
    private final Map<String, Long> perf = new LinkedHashMap<>();

    void clear() {
        Arrays.fill(said, 0, rows, 0L);
        Arrays.fill(netNames, 0, rows, null);
        Arrays.fill(blockNames, 0, rows, null);
        rows = 0;
        perf.clear();
    }

    /** A number; one below 0 is how libvirt says that it does not know, and is not said then. */
    void number(Quantity quantity, int index, long value) {
        if (value >= 0) {
            int row = row(index);
            values[row][quantity.ordinal()] = value;
            said[row] |= 1L << quantity.ordinal();
        }
    }

    void text(Quantity quantity, int index, String value) {
        int row = row(index);
        said[row] |= 1L << quantity.ordinal();
        if (quantity == Quantity.NET_NAME) {
            netNames[row] = value;
        } else if (quantity == Quantity.BLOCK_NAME) {
            blockNames[row] = value;
        }
    }

    void perf(String counter, long value) {
        if (value >= 0) {
            perf.put(counter, value);
        }
    }

    /** One more than the highest index that was said. */
    int rows() {
        return rows;
    }

    boolean has(Quantity quantity, int index) {
        return index < rows && (said[index] & 1L << quantity.ordinal()) != 0;
    }

    @Nullable Long get(Quantity quantity, int index) {
        return has(quantity, index) ? values[index][quantity.ordinal()] : null;
    }

    @Nullable Long get(Quantity quantity) {
        return get(quantity, 0);
    }

    @Nullable String netName(int index) {
        return netNames[index];
    }

    @Nullable String blockName(int index) {
        return blockNames[index];
    }

    Map<String, Long> perf() {
        return perf;
    }

    private int row(int index) {
        if (index >= values.length) {
            grow(Math.max(index + 1, 2 * values.length));
        }
        rows = Math.max(rows, index + 1);
        return index;
    }

    private void grow(int length) {
        int old = values.length;
        values = Arrays.copyOf(values, length);
        for (int i = old; i < length; i++) {
            values[i] = new long[Quantity.COUNT];
        }
        said = Arrays.copyOf(said, length);
        netNames = Arrays.copyOf(netNames, length);
        blockNames = Arrays.copyOf(blockNames, length);
    }
}
