// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command cannot do what it was asked for, for a reason that its user can understand and change. It is printed without a
 * stack trace.
 */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * The world is not as it should be: exit code 1.
     *
     * @param message what failed, for which file, line or key, the value, what happens now, what to change
     */
    public static CommandFailure failed(@Nullable String message, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.FAILED, message, cause);
    }

    /**
     * Options, configuration or definitions are wrong: exit code 2.
     *
     * @param message what is wrong, for which file, line or key, the value, what to change
     */
    public static CommandFailure usage(@Nullable String message, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.USAGE, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
