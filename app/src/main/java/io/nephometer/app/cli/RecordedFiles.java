// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code FILE…}, on every command that reads recorded notifications. */
final class RecordedFiles {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSON lines, gzipped if the name ends in .gz: captures of the bus, envelopes or decoded messages.")
    private List<Path> files = List.of();

    /**
     * The files, all of them there: a misspelt name is told before anything is done.
     *
     * @throws NoSuchFileException if one is missing
     */
    List<Path> existing() throws IOException {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        return files;
    }
}
