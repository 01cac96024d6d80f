// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and those that it started, as Linux counts them. */
record ProcessTree(Process root) {
    /** Of the clock by which Linux counts processor time; the same on all its machines. */
    private static final double TICKS_PER_S = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    List<Long> pids() {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Memory of all of them, summed. Pages that they share count once in the proportional size, and each time in the resident one. */
    Memory memory() throws IOException {
        Memory sum = Memory.NONE;
        for (long pid : pids()) {
            sum = sum.plus(Memory.of(Files.readAllLines(file(pid, "smaps_rollup"))));
        }
        return sum;
    }

    /** Processor time of all of them so far. */
    double cpuSeconds() throws IOException {
        double ticks = 0;
        for (long pid : pids()) {
            String stat = Files.readString(file(pid, "stat"));
            // The name of the program, in brackets, may have blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[SYSTEM_TICKS]);
        }
        return ticks / TICKS_PER_S;
    }

    private static Path file(long pid, String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
