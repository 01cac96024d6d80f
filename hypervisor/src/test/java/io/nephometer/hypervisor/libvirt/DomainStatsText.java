// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code virsh domstats} prints of one domain, and the same as libvirt's typed parameters in memory. */
record DomainStatsText(String name, Map<String, String> values) {
    private static final int SIZE = 96;

    static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(DomainStatsText.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The domains of a recorded file by their names. */
    static Map<String, DomainStatsText> recorded(String file) {
        return parse(resource(file));
    }

    static Map<String, DomainStatsText> parse(String printed) {
        Map<String, DomainStatsText> domains = new LinkedHashMap<>();
        DomainStatsText current = null;
        for (String line : printed.lines().toList()) {
            if (line.startsWith("Domain: ")) {
                String name = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
                current = new DomainStatsText(name, new LinkedHashMap<>());
                domains.put(name, current);
            } else if (!line.isBlank() && current != null) {
                current.values.put(line.substring(0, line.indexOf('=')).strip(), line.substring(line.indexOf('=') + 1));
            }
        }
        return domains;
    }

    static DomainStatsText of(String name, String... lines) {
        DomainStatsText text = new DomainStatsText(name, new LinkedHashMap<>());
        for (String line : lines) {
            text.values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return text;
    }

    @Nullable Long number(String key) {
        String value = values.get(key);
        return value == null ? null : Long.valueOf(value);
    }

    /** As an array of {@code virTypedParameter}, with what libvirt may leave behind the end of a name. */
    MemorySegment inMemory(Arena arena) {
        MemorySegment array = arena.allocate((long) SIZE * values.size(), 16);
        array.fill((byte) 'x');
        long at = 0;
        for (Map.Entry<String, String> value : values.entrySet()) {
            array.setString(at, value.getKey());
            write(arena, array, at, value.getKey(), value.getValue());
            at += SIZE;
        }
        return array;
    }

    private static void write(Arena arena, MemorySegment array, long at, String key, String value) {
        if (!value.matches("-?[0-9]+")) {
            array.set(ValueLayout.JAVA_INT, at + 80, 7);
            array.set(ValueLayout.ADDRESS, at + 88, arena.allocateFrom(value));
        } else if (key.endsWith(".state") || key.endsWith(".reason")) {
            array.set(ValueLayout.JAVA_INT, at + 80, 1);
            array.set(ValueLayout.JAVA_INT, at + 88, Integer.parseInt(value));
        } else if (key.endsWith(".count") || key.equals("vcpu.current") || key.equals("vcpu.maximum")) {
            array.set(ValueLayout.JAVA_INT, at + 80, 2);
            array.set(ValueLayout.JAVA_INT, at + 88, Integer.parseUnsignedInt(value));
        } else {
            array.set(ValueLayout.JAVA_INT, at + 80, value.startsWith("-") ? 3 : 4);
            array.set(ValueLayout.JAVA_LONG, at + 88, Long.parseLong(value));
        }
    }
}
