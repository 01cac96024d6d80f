// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** How bytes get to the disk; tests have one that is full. */
@FunctionalInterface
interface Disk {
    /** Writes all of it at the end of the file, and does not return before it is durable. */
    void append(FileChannel file, ByteBuffer bytes) throws IOException;

    /** Bytes that it still takes. */
    default long usable(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** The real one. */
    static Disk real() {
        return (file, bytes) -> {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        };
    }
}
