// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One agent: started, left alone until it is warm, then measured.
 *
 * @param firstSlotSeconds from the start of the process until the broker had the first samples
 * @param warm memory at the end of the time that was measured
 * @param cpuPercent of one core, over the time that was measured
 */
record AgentRun(double firstSlotSeconds, Memory warm, double cpuPercent, int processes, Map<String, Object> own) {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 20;

    /** How long the agent warms, how long it is measured, and how often it polls. */
    record Plan(Duration warming, Duration measuring, int intervalSeconds) {}

    static AgentRun of(MeasuredAgent agent, TestBed bed, Path scratch, Plan plan) throws Exception {
        bed.emptyQueue();
        long began = System.nanoTime();
        Process process = agent.start(bed, scratch, plan.intervalSeconds());
        Thread endWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithUs);
        try {
            awaitSamples(agent, process, bed, began);
            double first = seconds(began);
            pass(process, plan.warming());
            return measure(agent, process, plan.measuring(), first);
        } finally {
            end(process);
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        }
    }

    private static AgentRun measure(MeasuredAgent agent, Process process, Duration measuring, double first)
            throws Exception {
        ProcessTree tree = new ProcessTree(process);
        double before = tree.cpuSeconds();
        long from = System.nanoTime();
        pass(process, measuring);
        double percent = 100 * (tree.cpuSeconds() - before) / seconds(from);
        Memory warm = tree.memory();
        int processes = tree.pids().size();
        return new AgentRun(first, warm, percent, processes, agent.figures(tree));
    }

    private static void awaitSamples(MeasuredAgent agent, Process process, TestBed bed, long began) throws Exception {
        while (bed.messages() == 0) {
            if (seconds(began) > START_LIMIT.toSeconds()) {
                throw new IllegalStateException(agent.name() + " sent nothing within " + START_LIMIT);
            }
            pass(process, Duration.ofMillis(LOOK_MILLIS));
        }
    }

    /** Waits; fails if the process ends meanwhile. */
    private static void pass(Process process, Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the agent ended with code " + process.exitValue());
        }
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        process.getOutputStream().close();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>(warm.tree());
        tree.put("first_slot_s", firstSlotSeconds);
        tree.put("cpu_percent", cpuPercent);
        tree.put("processes", (long) processes);
        tree.putAll(own);
        return tree;
    }
}
