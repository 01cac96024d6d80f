// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What all commands have in common: how options are written, how errors are shown, what the exit codes are. */
public final class CommandLineFrame {
    private CommandLineFrame() {}

    /** A command line for the command and its subcommands. */
    public static CommandLine of(Object command, PrintWriter out, PrintWriter err) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .registerConverter(Duration.class, converter(DurationText::parse))
                .registerConverter(ByteSize.class, converter(ByteSize::parse))
                .registerConverter(ConnectionUrl.class, converter(ConnectionUrl::new))
                .setParameterExceptionHandler(CommandLineFrame::wrongUsage)
                .setExecutionExceptionHandler(CommandLineFrame::failed);
    }

    private static <T> ITypeConverter<T> converter(ITypeConverter<T> parse) {
        return text -> {
            try {
                return parse.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("expected " + e.getMessage());
            }
        };
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("nephometer: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        int exitCode = report(e, err);
        err.flush();
        return exitCode;
    }

    private static int report(Exception failure, PrintWriter err) {
        return switch (failure) {
            case CommandFailure known -> line(err, String.valueOf(known.getMessage()), known.exitCode());
            case ConfigException config -> {
                config.problems().forEach(err::println);
                yield line(
                        err,
                        "the configuration has " + config.problems().size()
                                + " problem(s), listed above; nothing was started",
                        ExitCode.USAGE);
            }
            case IOException io -> line(err, reason(io), ExitCode.FAILED);
            case UncheckedIOException io -> line(err, reason(io.getCause()), ExitCode.FAILED);
            default -> {
                failure.printStackTrace(err);
                yield line(
                        err, "this is a defect of the program; please report it with the lines above", ExitCode.FAILED);
            }
        };
    }

    private static int line(PrintWriter err, String message, int exitCode) {
        err.println("nephometer: " + message);
        return exitCode;
    }

    private static String reason(@Nullable IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
            case AccessDeniedException denied -> denied.getFile() + ": this user may not open it";
            case null, default -> "input or output failed: " + failure;
        };
    }
}
