// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.runtime.json.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./bench list} and {@code ./bench NAME [options]}; the last line of a run is a JSON object with its figures. */
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private final List<Benchmark> benchmarks;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<Benchmark> benchmarks, PrintStream out, PrintStream err) {
        this.benchmarks = benchmarks;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new Main(Benchmarks.all(), System.out, System.err).run(List.of(args)));
    }

    /** Answers the exit code: 0 done, 1 failed, 2 wrong usage. */
    int run(List<String> args) {
        if (args.isEmpty() || args.getFirst().startsWith("-")) {
            err.println("Usage: ./bench list | ./bench NAME [options]");
            return WRONG_USAGE;
        }
        String name = args.getFirst();
        if (name.equals("list")) {
            benchmarks.forEach(benchmark -> out.printf("%-24s %s%n", benchmark.name(), benchmark.description()));
            return DONE;
        }
        Optional<Benchmark> named = benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst();
        if (named.isEmpty()) {
            err.println("No benchmark is called '" + name + "'; ./bench list names them all.");
            return WRONG_USAGE;
        }
        return measure(named.get(), args.subList(1, args.size()));
    }

    private int measure(Benchmark benchmark, List<String> options) {
        if (options.contains("--help")) {
            out.println(benchmark.usage());
            return DONE;
        }
        try {
            Map<String, Object> figures = benchmark.run(options, out);
            out.println(Json.write(figures));
            return Boolean.TRUE.equals(figures.get(Figures.FAILED)) ? FAILED : DONE;
        } catch (IllegalArgumentException wrong) {
            err.println(benchmark.name() + ": " + wrong.getMessage());
            return WRONG_USAGE;
        } catch (Exception failure) {
            err.println(benchmark.name() + " failed:");
            failure.printStackTrace(err);
            return FAILED;
        }
    }
}
