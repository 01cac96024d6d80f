// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A step of the build, after the jar is made: lays out what stands in the archive for hypervisors. Arguments: the folder of the
 * module, its jar, the folder to make, and the time that all files of the archive have.
 */
public final class ComputeArchive {
    private static final String LIBRARY = "libvirt.so.0";

    private ComputeArchive() {}

    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        ArchiveFolder archive = ArchiveFolder.create(Path.of(arguments[2]));
        Instant time = Instant.parse(arguments[3]);
        archive.copy(Path.of(arguments[1]), "lib");
        fill(archive, module, module.resolve(".."));
        RuntimeImage.link(archive.runtime());
        writeSample(archive);
        archive.stamp(time);
        train(archive);
        archive.stamp(time);
    }

    private static void fill(ArchiveFolder archive, Path module, Path repository) throws IOException {
        archive.copy(repository.resolve("nephometer"), "bin");
        archive.copyAll(module.resolve("target/lib"), "lib");
        archive.copy(module.resolve("src/main/launcher/agent.options"), "lib");
        archive.copy(repository.resolve("app/src/main/systemd/nephometer-compute.service"), "systemd");
        archive.copyAll(repository.resolve("docs"), "docs");
        archive.copy(repository.resolve("app/target/THIRD-PARTY.txt"), "");
        archive.copy(repository.resolve("LICENSE"), "");
        archive.copy(repository.resolve("NOTICE"), "");
    }

    /** What the agent itself prints, by the runtime of the archive: a runtime that lacks something ends the build here. */
    private static void writeSample(ArchiveFolder archive) throws IOException, InterruptedException {
        Path conf = Files.createDirectories(archive.root().resolve("conf"));
        Process process = new ProcessBuilder(
                        archive.runtime().resolve("bin/java").toString(),
                        "-jar",
                        archive.program().toString(),
                        "config",
                        "sample")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(conf.resolve("nephometer.yaml").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the agent cannot print its sample configuration");
        }
    }

    private static void train(ArchiveFolder archive) throws IOException, InterruptedException {
        if (!hasLibvirt()) {
            System.out.println(
                    "No AOT cache in the archive for hypervisors: training needs " + LIBRARY
                            + " (Debian's package libvirt0), which is not here. The agent works without, and starts more slowly.");
            return;
        }
        Path scratch = Files.createTempDirectory("nephometer-training-");
        new Training(archive, scratch).run(archive.lib().resolve("agent.aot"));
        ArchiveFolder.create(scratch);
        Files.delete(scratch);
    }

    @SuppressWarnings("restricted") // it is only asked whether it is there
    private static boolean hasLibvirt() {
        try {
            return SymbolLookup.libraryLookup(LIBRARY, Arena.global())
                    .find("virConnectOpen")
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
