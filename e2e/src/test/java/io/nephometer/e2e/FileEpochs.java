// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.coordination.ownership.EpochException;
import io.nephometer.coordination.ownership.Epochs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Epochs from a file that processes share: one number for all units, which only rises. */
final class FileEpochs implements Epochs {
    private final Path file;

    FileEpochs(Path file) {
        this.file = file;
    }

    /** One at a time in this process: a lock of a file is that of all its threads. */
    @Override
    public long take(String unit, String owner) throws EpochException {
        synchronized (FileEpochs.class) {
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return next(channel);
            } catch (IOException e) {
                throw new EpochException(file + " gives no epoch", e);
            }
        }
    }

    private static long next(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
        long next = text.isEmpty() ? 1 : Long.parseLong(text) + 1;
        channel.write(ByteBuffer.wrap(Long.toString(next).getBytes(StandardCharsets.US_ASCII)), 0);
        return next;
    }
}
