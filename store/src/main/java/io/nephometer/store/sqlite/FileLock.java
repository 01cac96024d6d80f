// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Says that this process serves a ledger file: a locked file beside it, {@code FILE.lock}, that holds our process id. The
 * operating system frees it however the process ends; the file itself stays.
 */
final class FileLock implements AutoCloseable {
    private final FileChannel channel;

    private FileLock(FileChannel channel) {
        this.channel = channel;
    }

    static FileLock take(Path ledger) {
        Path path = ledger.resolveSibling(ledger.getFileName() + ".lock");
        FileChannel channel = open(ledger, path);
        try {
            if (!locked(channel)) {
                String holder = holder(channel);
                channel.close();
                throw new LedgerException(
                        Kind.IN_USE,
                        "the ledger " + ledger + " is in use by " + holder
                                + "; one process at a time may write to an SQLite ledger, others may only read");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FileLock(channel);
        } catch (IOException e) {
            throw new LedgerException(Kind.UNREACHABLE, "the lock file " + path + " cannot be used: " + e, e);
        }
    }

    private static FileChannel open(Path ledger, Path path) {
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new LedgerException(
                    Kind.UNREACHABLE,
                    "the ledger " + ledger + " cannot be opened for writing: " + e
                            + "; its folder must exist and be writable",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "another process" : "process " + text;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
