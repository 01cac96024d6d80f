// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code compute-footprint}. One agent after the other, beside the same libvirtd, cloud and broker. */
@Command(
        name = "compute-footprint",
        description =
                "What a compute agent takes of its hypervisor: memory, processor time, time to its first slot. Ours as the"
                        + " archive for hypervisors starts it, and Ceilometer's.")
public final class ComputeFootprint extends MeasuringCommand {
    private static final double GOAL_MIB = 110;
    private static final double NEXT_GOAL_MIB = 90;
    private static final double GOAL_CPU_PERCENT = 1;

    @Option(names = "--instances", defaultValue = "100", description = "Instances on the host (${DEFAULT-VALUE}).")
    private int instances;

    @Option(names = "--interval", defaultValue = "10", description = "Seconds between slots (${DEFAULT-VALUE}).")
    private int interval;

    @Option(names = "--warm", defaultValue = "120", description = "Seconds before measuring (${DEFAULT-VALUE}).")
    private int warm;

    @Option(names = "--seconds", defaultValue = "300", description = "Seconds that are measured (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--launcher",
            defaultValue = "agent/target/archive/bin/nephometer",
            description = "What starts our agent (${DEFAULT-VALUE}); ./nephometer takes the Java of this machine.")
    private Path launcher = Path.of("");

    @Option(names = "--jvm-option", description = "For our JVM; may be given several times: -XX:AOTMode=off.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(
            names = "--native-memory",
            description = "Also print what the JVM says of its native memory, which costs a little.")
    private boolean nativeMemory;

    @Option(names = "--with-ceilometer", description = "Also measure Ceilometer's agent, if it is installed.")
    private boolean withCeilometer;

    @Override
    protected Figures measure() throws Exception {
        if (!Files.isExecutable(launcher)) {
            throw new IllegalArgumentException("there is no program " + launcher.toAbsolutePath()
                    + ": make it with mvn -DskipTests package, or name another with --launcher");
        }
        CeilometerAgent peer = new CeilometerAgent();
        boolean peerRuns = withCeilometer && peer.isThere();
        if (withCeilometer && !peerRuns) {
            say("Ceilometer is left out: apt-get install ceilometer-agent-compute");
        }
        Path scratch = Files.createTempDirectory("nephometer-footprint-");
        try (TestBed bed = TestBed.start(instances)) {
            AgentRun ours = run(agent(), bed, scratch);
            Figures figures = figures(ours);
            return peerRuns ? compared(figures, ours, run(peer, bed, scratch)) : figures;
        } finally {
            say("logs and configuration of the agents: %s", scratch);
        }
    }

    private MeasuredAgent agent() {
        List<String> options = new ArrayList<>(jvmOptions);
        if (nativeMemory) {
            options.add("-XX:NativeMemoryTracking=summary");
        }
        NephometerAgent agent = new NephometerAgent(launcher, options);
        return nativeMemory ? new NativeMemory(agent, this::print) : agent;
    }

    private void print(String lines) {
        say("%s", lines);
    }

    private AgentRun run(MeasuredAgent agent, TestBed bed, Path scratch) throws Exception {
        say(
                "%s: %d instances each %d s; %d s to warm, %d s measured",
                agent.name(), instances, interval, warm, seconds);
        AgentRun run = AgentRun.of(
                agent,
                bed,
                scratch,
                new AgentRun.Plan(Duration.ofSeconds(warm), Duration.ofSeconds(seconds), interval));
        say("%s: %s", agent.name(), run.tree());
        return run;
    }

    private Figures figures(AgentRun ours) {
        double pss = ours.warm().pss();
        return new Figures(name())
                .put("instances", (long) instances)
                .put("interval_s", (long) interval)
                .put("measured_s", (long) seconds)
                .put("jvm_options", List.copyOf(jvmOptions))
                .put("nephometer", ours.tree())
                .goal("proportional memory in MiB", pss, GOAL_MIB, false)
                .goal("proportional memory in MiB, next", pss, NEXT_GOAL_MIB, false)
                .goal("percent of a core", ours.cpuPercent(), GOAL_CPU_PERCENT, false);
    }

    private static Figures compared(Figures figures, AgentRun ours, AgentRun peer) {
        return figures.put("ceilometer", peer.tree())
                .put("ratio_cpu", ours.cpuPercent() / peer.cpuPercent())
                .ratio(ours.warm().pss() / peer.warm().pss(), "proportional memory of Ceilometer's agent");
    }
}
