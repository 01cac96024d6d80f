// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine that figures were taken on, as far as Linux tells. */
final class Machine {
    private Machine() {}

    static Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory_gib", memoryGib());
        machine.put("os", field("/etc/os-release", "PRETTY_NAME=").replace("\"", ""));
        machine.put("java", Runtime.version().toString());
        machine.put("load_1m", load());
        return machine;
    }

    private static Number memoryGib() {
        String kib = field("/proc/meminfo", "MemTotal:").replace("kB", "").trim();
        return kib.isEmpty() ? 0 : Spread.rounded(Long.parseLong(kib) / 1024.0 / 1024.0);
    }

    /** How many threads wanted a processor in the last minute: what else ran on the machine. */
    private static Number load() {
        String first = field("/proc/loadavg", "").split(" ", 2)[0];
        return first.isEmpty() ? 0 : Spread.rounded(Double.parseDouble(first));
    }

    /** What follows {@code key} at the start of a line; empty if there is no such line or file. */
    static String field(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
