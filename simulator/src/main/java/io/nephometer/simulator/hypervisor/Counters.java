// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.MemoryCounters;
import io.nephometer.simulator.cloud.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The counters of a running guest, computed from how long it runs: nothing is kept, and the same moment always gives the same
 * values. Each guest has a load of its own, which swells and ebbs; no counter ever shrinks while it runs.
 */
final class Counters {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double SWELL_SECONDS = 1800;

    private final Server server;
    private final double seconds;
    private final Temper temper;

    /** @param seconds since it was started */
    Counters(Server server, double seconds) {
        this.server = server;
        this.seconds = Math.max(0, seconds);
        temper = Temper.of(server);
    }

    /** The load of a guest, 0 to 1 each. */
    private record Temper(double cpu, double disk, double network, double phase) {
        static Temper of(Server server) {
            long bits = server.id().hashCode() * 0x9E3779B97F4A7C15L + server.number();
            return new Temper(part(bits, 0), part(bits, 16), part(bits, 32), part(bits, 48));
        }

        private static double part(long bits, int shift) {
            return ((bits >>> shift) & 0xFFFF) / 65_535.0;
        }
    }

    CpuCounters cpu() {
        int vcpus = server.flavor().vcpus();
        double busy = vcpus * (0.02 + 0.6 * temper.cpu());
        return new CpuCounters((long) (grown(busy) * 1e9), vcpus);
    }

    MemoryCounters memory() {
        long actual = server.flavor().ram() * 1024L;
        long available = actual - actual / 32;
        double used = 0.25 + 0.5 * temper.cpu() + 0.1 * swell();
        long unused = (long) (available * (1 - used));
        long usable = unused + available / 16;
        return new MemoryCounters(actual, available, usable, unused, (long) (actual * (used + 0.05)), 0L, 0L);
    }

    List<DiskCounters> disks() {
        List<DiskCounters> disks = new ArrayList<>();
        disks.add(disk("vda", server.flavor().disk(), 1));
        if (server.flavor().ephemeral() > 0) {
            disks.add(disk("vdb", server.flavor().ephemeral(), 0.1));
        }
        return disks;
    }

    private DiskCounters disk(String device, int gib, double share) {
        long reads = 1 + (long) grown(share * (0.5 + 40 * temper.disk()));
        long writes = (long) grown(share * (1 + 25 * temper.disk()));
        long capacity = (long) (gib * GIB);
        long allocation = Math.min(capacity, 200_704 + writes * 512);
        return new DiskCounters(
                device,
                reads,
                reads * 16_384,
                reads * 250_000,
                writes,
                writes * 8_192,
                writes * 900_000,
                capacity,
                allocation,
                allocation + 65_536);
    }

    /** The disks without what only a running guest counts. */
    List<DiskCounters> sizes() {
        return disks().stream()
                .map(disk -> new DiskCounters(
                        disk.device(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        disk.capacity(),
                        disk.allocation(),
                        disk.physical()))
                .toList();
    }

    List<InterfaceCounters> interfaces() {
        long received = (long) grown(2 + 900 * temper.network());
        long sent = (long) grown(1 + 700 * temper.network());
        return List.of(new InterfaceCounters(
                Descriptions.tap(server), received * 640, received, 0L, received / 100_000, sent * 410, sent, 0L, 0L));
    }

    Map<String, Long> perf() {
        long cycles = (long) (grown(0.02 + 0.6 * temper.cpu()) * 2.4e9);
        return Map.of(
                "cpu_cycles",
                cycles,
                "instructions",
                cycles + cycles / 4,
                "cache_references",
                cycles / 200,
                "cache_misses",
                cycles / 4_000);
    }

    /** What a mean rate per second has come to: the rate swings by half around its mean, and is never negative. */
    private double grown(double rate) {
        double turn = 2 * Math.PI / SWELL_SECONDS;
        double phase = 2 * Math.PI * temper.phase();
        return rate * (seconds + 0.5 * (Math.cos(phase) - Math.cos(turn * seconds + phase)) / turn);
    }

    private double swell() {
        return Math.sin(2 * Math.PI * (seconds / SWELL_SECONDS + temper.phase()));
    }
}
