// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The user's text editor. */
final class Editor {
    private Editor() {}

    /**
     * Lets the user edit a text; the file is readable by its owner only, and removed.
     *
     * @param name tells the user what is edited
     */
    static Bytes edit(String text, String name) throws CommandFailure, IOException, InterruptedException {
        Path file = Files.createTempFile("nephometer-" + name + "-", ".json");
        try {
            Files.writeString(file, text);
            // A shell, since the variable may hold options: EDITOR="emacs -nw".
            Process editor = new ProcessBuilder("sh", "-c", command() + " \"$0\"", file.toString())
                    .inheritIO()
                    .start();
            int exitCode = editor.waitFor();
            if (exitCode != 0) {
                throw CommandFailure.failed(
                        "the editor (" + command() + ") ended with exit code " + exitCode + "; nothing was changed",
                        null);
            }
            return Bytes.wrap(Files.readAllBytes(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String command() throws CommandFailure {
        Map<String, String> environment = System.getenv();
        String command = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", ""));
        if (command.isBlank()) {
            throw CommandFailure.usage(
                    "no editor is known; set EDITOR, or give the new body with --body-file FILE (- is standard input)",
                    null);
        }
        return command;
    }
}
