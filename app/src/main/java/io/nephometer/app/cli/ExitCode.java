// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

/** What a command tells the shell. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** Failed: the world is not as it should be. */
    public static final int FAILED = 1;
    /** Wrong usage: options, configuration or definitions. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
