// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the output of this process goes.
 *
 * @param out whether standard output is a terminal, and not a pipe or file
 * @param err whether standard error is one
 * @param columns its width in characters
 */
public record Terminal(boolean out, boolean err, int columns) {
    private static final int USUAL_COLUMNS = 100;
    private static final int LEAST_COLUMNS = 40;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})\\s*");

    /** Everything goes to a pipe. */
    public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS);

    /** The terminal of this process; its width from COLUMNS or from the terminal itself. */
    public static Terminal detect() {
        boolean out = isTerminal(1);
        boolean err = isTerminal(2);
        return new Terminal(out, err, out || err ? columns(System.getenv()) : USUAL_COLUMNS);
    }

    /** The JDK only knows whether input and output both are one; Linux says it of each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Objects.requireNonNull(System.console(), "console").isTerminal();
        }
    }

    private static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("\\d{1,4}")) {
            return Math.max(LEAST_COLUMNS, Integer.parseInt(columns));
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = SIZE.matcher(size);
            return stty.waitFor(1, TimeUnit.SECONDS) && matcher.matches()
                    ? Math.max(LEAST_COLUMNS, Integer.parseInt(matcher.group(1)))
                    : USUAL_COLUMNS;
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }
}
