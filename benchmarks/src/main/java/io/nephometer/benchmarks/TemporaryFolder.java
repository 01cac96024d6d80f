// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of plain files that is gone after use. */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /** A new one, where this machine keeps temporary files. */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("nephometer-bench-"));
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
