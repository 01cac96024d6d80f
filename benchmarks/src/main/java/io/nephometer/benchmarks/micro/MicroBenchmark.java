// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.Spread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Option;

/** Runs the methods of one JMH class, of which one is the limit that the other is held against. */
abstract class MicroBenchmark extends MeasuringCommand {
    private final Class<?> measured;
    private final String method;
    private final Limit limit;

    /**
     * What the measured method is held against.
     *
     * @param method of the same class
     * @param figure what the time of one is called: {@code us_per_notification}
     * @param meaning of the ratio, for its reader
     */
    record Limit(String method, String figure, String meaning) {
        /** The parsing of the same notifications by Jackson alone. */
        static final Limit JACKSON =
                new Limit("jacksonTreeParse", "us_per_notification", "speed of Jackson's two-stage tree parse");
    }

    @Option(names = "--forks", defaultValue = "3", description = "JVMs, one after the other (${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--repeat",
            defaultValue = "5",
            description = "Measurements of one second per JVM, after as many that warm it up (${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--profile", description = "A profiler of JMH, such as gc or stack, with its report.")
    private List<String> profilers = List.of();

    MicroBenchmark(Class<?> measured, String method, Limit limit) {
        this.measured = measured;
        this.method = method;
        this.limit = limit;
    }

    @Override
    protected Figures measure() throws Exception {
        List<Double> limits = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (RunResult result : new Runner(options()).run()) {
            String label = result.getPrimaryResult().getLabel();
            (label.equals(limit.method()) ? limits : ours).addAll(perIteration(result));
        }
        Spread limitSpread = Spread.of(limits);
        Spread ourSpread = Spread.of(ours);
        return new Figures(name())
                .put("forks", (long) forks)
                .put("repeat", (long) repeat)
                .put(limit.figure(), ourSpread)
                .put(limit.figure() + "_of_limit", limitSpread)
                .put("cost", ourSpread.median() / limitSpread.median())
                .ratio(limitSpread.median() / ourSpread.median(), limit.meaning());
    }

    private org.openjdk.jmh.runner.options.Options options() throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.parent(new CommandLineOptions());
        options.include(measured.getName() + "\\.(" + method + "|" + limit.method() + ")$");
        options.forks(forks).warmupIterations(repeat).measurementIterations(repeat);
        options.warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
        options.jvmArgs("-XX:+UseSerialGC", "-Xmx256m").shouldFailOnError(true);
        profilers.forEach(options::addProfiler);
        return options.verbosity(profilers.isEmpty() ? VerboseMode.SILENT : VerboseMode.NORMAL)
                .build();
    }

    private static List<Double> perIteration(RunResult result) {
        return result.getBenchmarkResults().stream()
                .map(it -> it.getIterationResults())
                .flatMap(Collection::stream)
                .map(IterationResult::getPrimaryResult)
                .map(it -> it.getScore())
                .toList();
    }
}
