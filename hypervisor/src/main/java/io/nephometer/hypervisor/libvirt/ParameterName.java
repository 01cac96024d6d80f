// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a typed parameter means.
 *
 * @param quantity null if nobody needs it
 * @param index of the processor, interface or disk; 0 if the name has none
 * @param label after the first dot: {@code cpu_cycles}
 */
record ParameterName(@Nullable Quantity quantity, int index, String label) {
    /** More processors, disks or interfaces than any domain has; the memory of a reading is bounded by it. */
    static final int MAX_INDEX = 8_191;

    private static final Pattern INDEXED = Pattern.compile("([a-z]+)\\.([0-9]{1,9})\\.(.+)");

    static ParameterName parse(String name) {
        Matcher indexed = INDEXED.matcher(name);
        if (!indexed.matches()) {
            return new ParameterName(Quantity.of(name), 0, name.substring(name.indexOf('.') + 1));
        }
        int index = Integer.parseInt(indexed.group(2));
        Quantity quantity = Quantity.of(indexed.group(1) + ".#." + indexed.group(3));
        return new ParameterName(index > MAX_INDEX ? null : quantity, index, indexed.group(3));
    }
}
