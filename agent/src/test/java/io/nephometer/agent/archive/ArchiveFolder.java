// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands in the archive: a folder of the build's. */
record ArchiveFolder(Path root) {
    /** An empty one. */
    static ArchiveFolder create(Path root) throws IOException {
        if (Files.exists(root)) {
            Files.walkFileTree(root, new Deletion());
        }
        Files.createDirectories(root);
        return new ArchiveFolder(root);
    }

    Path lib() {
        return root.resolve("lib");
    }

    Path runtime() {
        return root.resolve("runtime");
    }

    /** The jar whose manifest names the others. */
    Path program() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib(), "nephometer-agent-*.jar")) {
            return jars.iterator().next();
        }
    }

    void copy(Path file, String folder) throws IOException {
        Path target = Files.createDirectories(root.resolve(folder));
        Files.copy(file, target.resolve(file.getFileName()));
    }

    /** Copies the files of a folder, not what is in folders below it. */
    void copyAll(Path from, String folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from, Files::isRegularFile)) {
            for (Path file : files) {
                copy(file, folder);
            }
        }
    }

    /**
     * Gives every file the time that the archive will say. An AOT cache is for jars of exactly these times: it would not be used
     * after unpacking.
     */
    void stamp(Instant time) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
