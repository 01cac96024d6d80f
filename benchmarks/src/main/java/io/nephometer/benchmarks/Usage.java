// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * What this process used so far.
 *
 * @param cpuSeconds of all its threads
 * @param peakHeapMib the most that the heap held at any time, garbage included
 * @param peakRssMib the most that it occupied of the machine's memory
 */
public record Usage(double cpuSeconds, double peakHeapMib, double peakRssMib) {
    private static final double MIB = 1024.0 * 1024.0;

    public static Usage now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(peak -> peak.getUsed())
                .sum();
        String rss =
                Machine.field("/proc/self/status", "VmHWM:").replace("kB", "").trim();
        return new Usage(
                system.getProcessCpuTime() / 1e9, heap / MIB, rss.isEmpty() ? 0 : Long.parseLong(rss) / 1024.0);
    }
}
