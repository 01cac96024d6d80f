// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what Linux says of the processors, below {@code /proc}: the very files that libvirt reads for {@code virNodeGetCPUStats} and
 * {@code virNodeGetInfo}, put together as libvirt does it, without a connection.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
public final class ProcFigures implements HostFigures {
    private static final Logger LOG = LoggerFactory.getLogger(ProcFigures.class);
    /** Times are in hundredths of a second, on every machine that Linux runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final String FREQUENCY = "cpu MHz";

    private final Path proc;
    private final String node;

    /** @param node what the machine is called */
    public ProcFigures(Path proc, String node) {
        this.proc = proc;
        this.node = node;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Map<String, Long> read() {
        Map<String, Long> figures = new HashMap<>();
        try {
            lines("stat").stream()
                    .filter(line -> line.startsWith("cpu "))
                    .findFirst()
                    .ifPresent(line -> times(line, figures));
            frequency(lines("cpuinfo")).ifPresent(mhz -> figures.put(HostMeters.FREQUENCY, mhz));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} does not say what its processors do", proc, e);
        }
        return figures;
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(proc.resolve(file), StandardCharsets.ISO_8859_1);
    }

    /** {@code cpu user nice system idle iowait irq softirq …}, over all processors. */
    private static void times(String line, Map<String, Long> figures) {
        String[] parts = line.trim().split(" +", -1);
        if (parts.length > 7) {
            figures.put(HostMeters.USER, nanos(parts[1]) + nanos(parts[2]));
            figures.put(HostMeters.KERNEL, nanos(parts[3]) + nanos(parts[6]) + nanos(parts[7]));
            figures.put(HostMeters.IDLE, nanos(parts[4]));
            figures.put(HostMeters.IOWAIT, nanos(parts[5]));
        }
    }

    private static long nanos(String ticks) {
        return Long.parseLong(ticks) * NANOS_PER_TICK;
    }

    /** Of the first processor. */
    private static Optional<Long> frequency(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(FREQUENCY))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .map(mhz -> Math.round(Double.parseDouble(mhz)))
                .findFirst();
    }
}
