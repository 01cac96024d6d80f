// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Another wall clock for one process, set while it runs (Debian's {@code libfaketime}). Its ticker goes on as it did. */
final class FakeClock {
    private final Path offset;

    FakeClock(Path folder) throws IOException {
        offset = Files.createTempFile(folder, "clock", "");
        set(0);
    }

    /** What the process is started with. */
    Map<String, String> environment() throws IOException {
        return Map.of(
                "LD_PRELOAD", library().toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Else waiting for a time ends at once, and the agent turns in circles.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "DONT_FAKE_MONOTONIC", "1");
    }

    private static Path library() throws IOException {
        for (Path folder : new Path[] {Path.of("/usr/lib/x86_64-linux-gnu"), Path.of("/usr/lib/aarch64-linux-gnu")}) {
            Path library = folder.resolve("faketime/libfaketimeMT.so.1");
            if (Files.exists(library)) {
                return library;
            }
        }
        throw new IOException("no libfaketime is installed (apt-get install libfaketime)");
    }

    /** So many seconds ahead of the real one from now on. */
    void set(int seconds) throws IOException {
        Path next =
                Files.writeString(offset.resolveSibling(offset.getFileName() + ".next"), "%+d\n".formatted(seconds));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }
}
