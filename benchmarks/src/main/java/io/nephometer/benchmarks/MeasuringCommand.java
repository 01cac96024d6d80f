// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** A benchmark whose name, description and options are the annotations of picocli that it carries. Runs once. */
@Command(sortOptions = false, synopsisHeading = "Usage: ")
public abstract class MeasuringCommand implements Benchmark {
    private PrintStream progress = System.err;

    /** Measures, with the options set. */
    protected abstract Figures measure() throws Exception;

    @Override
    public final String name() {
        return command().getCommandName();
    }

    @Override
    public final String description() {
        return String.join(" ", command().getCommandSpec().usageMessage().description());
    }

    @Override
    public final String usage() {
        return command().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    @Override
    public final Map<String, Object> run(List<String> options, PrintStream to) throws Exception {
        progress = to;
        try {
            command().parseArgs(options.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + "\n" + usage(), wrong);
        }
        return measure().tree();
    }

    private CommandLine command() {
        return new CommandLine(this);
    }

    /** Tells whoever waits what happens now. */
    @FormatMethod
    protected final void say(String format, Object... arguments) {
        progress.println(String.format(format, arguments));
    }
}
