// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statistics of a guest with two processors, two disks and an interface, as libvirt 9 lays them out in memory. */
final class DomainStatistics {
    /** {@code char field[80]; int type; union value}. */
    private static final long SIZE = 96;

    private static final long TYPE = 80;
    private static final long VALUE = 88;
    private static final int UNSIGNED_LONG = 4;
    private static final int STRING = 7;

    private static final List<String> PROCESS = List.of(
            "cpu.time",
            "cpu.user",
            "cpu.system",
            "balloon.current",
            "balloon.maximum",
            "balloon.rss",
            "balloon.swap_in");
    private static final List<String> INTERFACE =
            List.of("rx.bytes", "rx.pkts", "rx.errs", "rx.drop", "tx.bytes", "tx.pkts", "tx.errs", "tx.drop");
    private static final List<String> DISK = List.of(
            "backingIndex",
            "rd.reqs",
            "rd.bytes",
            "rd.times",
            "wr.reqs",
            "wr.bytes",
            "wr.times",
            "fl.reqs",
            "fl.times",
            "allocation",
            "capacity",
            "physical");

    private DomainStatistics() {}

    /** An array of {@code virTypedParameter}; each number gives other values. */
    static MemorySegment inMemory(Arena arena, int number) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Long> numbers = new LinkedHashMap<>();
        long base = 1_000_000L * (number + 1);
        for (String name : PROCESS) {
            numbers.put(name, base++);
        }
        numbers.put("state.state", 1L);
        numbers.put("vcpu.current", 2L);
        numbers.put("vcpu.maximum", 2L);
        numbers.put("net.count", 1L);
        numbers.put("block.count", 2L);
        texts.put("net.0.name", "tap%08x-f0".formatted(number));
        for (String name : INTERFACE) {
            numbers.put("net.0." + name, base++);
        }
        for (int i = 0; i < 2; i++) {
            numbers.put("vcpu." + i + ".state", 1L);
            numbers.put("vcpu." + i + ".time", base++);
            numbers.put("vcpu." + i + ".wait", base++);
            numbers.put("vcpu." + i + ".delay", base++);
            texts.put("block." + i + ".name", "vd" + (char) ('a' + i));
            texts.put("block." + i + ".path", "/var/lib/nova/instances/" + number + "/disk" + i);
            for (String name : DISK) {
                numbers.put("block." + i + "." + name, base++);
            }
        }
        return write(arena, texts, numbers);
    }

    private static MemorySegment write(Arena arena, Map<String, String> texts, Map<String, Long> numbers) {
        MemorySegment array = arena.allocate(SIZE * (texts.size() + numbers.size()), 16);
        long at = 0;
        for (Map.Entry<String, Long> entry : numbers.entrySet()) {
            array.setString(at, entry.getKey());
            array.set(ValueLayout.JAVA_INT, at + TYPE, UNSIGNED_LONG);
            array.set(ValueLayout.JAVA_LONG, at + VALUE, entry.getValue());
            at += SIZE;
        }
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            array.setString(at, entry.getKey());
            array.set(ValueLayout.JAVA_INT, at + TYPE, STRING);
            array.set(ValueLayout.ADDRESS, at + VALUE, arena.allocateFrom(entry.getValue()));
            at += SIZE;
        }
        return array;
    }
}
