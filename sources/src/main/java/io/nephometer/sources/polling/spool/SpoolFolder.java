// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a spool: for its owner alone, and of one process at a time. Not thread-safe. */
final class SpoolFolder implements AutoCloseable {
    static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final String SUFFIX = ".spool";
    private static final Pattern SEGMENT = Pattern.compile("\\d{16}\\" + SUFFIX);
    /** What a spool has in its folder. */
    private static final Pattern OURS =
            Pattern.compile("lock|lost\\.json(\\.new)?|.*\\" + SUFFIX + "|.*\\.damaged|.*\\.refused");

    private static final String LOSSES = "lost.json";
    /** Of each kind that is kept for a person to look at. */
    private static final int MOST_KEPT = 4;

    private final Path path;
    private @Nullable FileChannel owner;

    SpoolFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes it if it is absent, and takes possession.
     *
     * @throws IOException if it cannot be used, or another process uses it
     */
    void open() throws IOException {
        Files.createDirectories(path, OWNERS_FOLDER);
        Path lock = path.resolve("lock");
        FileChannel channel =
                FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNERS_FILE);
        if (!tryLock(channel)) {
            channel.close();
            throw new IOException("another process uses the spool " + path + "; give each a folder of its own");
        }
        owner = channel;
        shutOthersOut();
    }

    /** The lock goes with the channel. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** A folder that was there, and what is in it. One that holds other things is not ours to shut. */
    private void shutOthersOut() throws IOException {
        List<Path> files = list(".*");
        files.stream().filter(file -> isNamed(file, OURS)).forEach(file -> restrict(file, OWNERS_FILE.value()));
        if (files.stream().allMatch(file -> isNamed(file, OURS))) {
            restrict(path, OWNERS_FOLDER.value());
        } else {
            LOG.warn("The folder {} of the spool holds other files too; its mode is left as it is", path);
        }
    }

    private static void restrict(Path what, Set<PosixFilePermission> wanted) {
        try {
            Set<PosixFilePermission> found = Files.getPosixFilePermissions(what);
            if (!wanted.containsAll(found)) {
                Files.setPosixFilePermissions(what, wanted);
                LOG.warn("{} was open to others ({}) and is so no more", what, PosixFilePermissions.toString(found));
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{} may be open to others: its mode cannot be changed", what, e);
        }
    }

    private static boolean isNamed(Path file, Pattern pattern) {
        return pattern.matcher(file.getFileName().toString()).matches();
    }

    private List<Path> list(String pattern) throws IOException {
        Pattern names = Pattern.compile(pattern);
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> isNamed(file, names)).sorted().toList();
        }
    }

    /** The files of messages, oldest first. */
    List<Path> segments() throws IOException {
        return list(SEGMENT.pattern());
    }

    Path segment(long number) {
        return path.resolve("%016d%s".formatted(number, SUFFIX));
    }

    static long number(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    Path losses() {
        return path.resolve(LOSSES);
    }

    /** Without it the name of a new file may not survive a crash. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Keeps a damaged file as it is, for a person to look at. */
    void keepDamaged(Path segment) {
        try {
            Path copy = path.resolve(segment.getFileName() + ".damaged");
            Files.copy(segment, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            keepFew(".*\\.damaged");
        } catch (IOException e) {
            LOG.warn("No copy of the damaged file {} could be kept", segment, e);
        }
    }

    /** Sets a file aside that cannot even be read. */
    void setAside(Path segment) {
        try {
            Files.move(segment, path.resolve(segment.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
            keepFew(".*\\.damaged");
        } catch (IOException e) {
            LOG.warn("The damaged file {} could not be set aside", segment, e);
        }
    }

    /** Keeps what the broker never takes. */
    void keepRefused(String id, String body) {
        try {
            Path kept = path.resolve(id + ".refused");
            Files.deleteIfExists(kept);
            try (FileChannel channel = FileChannel.open(kept, NEW, OWNERS_FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            keepFew(".*\\.refused");
        } catch (IOException e) {
            LOG.warn("The message {} that the broker refused could not be kept", id, e);
        }
    }

    /** The latest stay. */
    private void keepFew(String pattern) throws IOException {
        List<Path> kept = list(pattern).stream()
                .sorted(Comparator.comparing(SpoolFolder::age))
                .toList();
        for (Path old : kept.subList(0, Math.max(0, kept.size() - MOST_KEPT))) {
            Files.deleteIfExists(old);
        }
    }

    private static FileTime age(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** How many files a person should look at. */
    int kept() throws IOException {
        return list(".*\\.(damaged|refused)").size();
    }

    Path path() {
        return path;
    }

    boolean isOpen() {
        return owner != null;
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = owner;
        owner = null;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
