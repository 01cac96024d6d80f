// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Where Debian puts the programs that the servers need. */
final class DebianPackage {
    private DebianPackage() {}

    /**
     * The program at {@code path}.
     *
     * @throws IllegalStateException with the name of the package if it is not there
     */
    static Path program(String debianPackage, Path path) {
        if (!Files.isExecutable(path)) {
            throw missing(debianPackage, path.toString());
        }
        return path;
    }

    /**
     * The program {@code inside} a folder whose name carries a version: of {@code versions*} in {@code parent}, the first that
     * has it.
     *
     * @throws IllegalStateException with the name of the package if there is none
     */
    static Path program(String debianPackage, Path parent, String versions, String inside) {
        return inside(debianPackage, parent, versions, inside, Files::isExecutable);
    }

    /** The library {@code inside} such a folder; the same for what is loaded and not executed. */
    static Path library(String debianPackage, Path parent, String versions, String inside) {
        return inside(debianPackage, parent, versions, inside, Files::isReadable);
    }

    private static Path inside(
            String debianPackage, Path parent, String versions, String inside, Predicate<Path> isThere) {
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, versions)) {
                for (Path folder : folders) {
                    if (isThere.test(folder.resolve(inside))) {
                        return folder.resolve(inside);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot list " + parent, e);
            }
        }
        throw missing(debianPackage, parent.resolve(versions).resolve(inside).toString());
    }

    private static IllegalStateException missing(String debianPackage, String path) {
        return new IllegalStateException("there is no " + path + ": install Debian's package " + debianPackage
                + " (apt-get install " + debianPackage + ")");
    }
}
