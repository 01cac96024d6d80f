// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is open to others, full, or cannot be used. */
class SpoolFolderTest {
    private static final long BOUND = 64 << 10;

    private final Messages told = new Messages();

    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("spool");
    }

    /** A disk that holds so many bytes of messages. */
    private static final class Small implements Disk {
        private final Path folder;
        private long capacity;

        Small(Path folder, long capacity) {
            this.folder = folder;
            this.capacity = capacity;
        }

        @Override
        public void append(FileChannel file, ByteBuffer bytes) throws IOException {
            int fits = Math.toIntExact(Math.min(usable(folder), bytes.remaining()));
            boolean all = fits == bytes.remaining();
            Disk.real().append(file, bytes.slice().limit(fits));
            if (!all) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public long usable(Path path) throws IOException {
            long used = 0;
            try (Stream<Path> files = Files.list(path)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".spool")).toList()) {
                    used += Files.size(file);
                }
            }
            return Math.max(0, capacity - used);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void isForItsOwnerAloneWhateverItWasBefore() throws IOException {
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("lock", "lost.json", "0000000000000001.spool.damaged")) {
            Files.writeString(folder().resolve(name), "[]");
            Files.setPosixFilePermissions(folder().resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told)) {
            spool.open();
            spool.append(Messages.messages(1, 200, 1_000));

            assertThat(mode(folder())).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(folder())) {
                assertThat(files).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(mode(file))
                        .isEqualTo("rw-------"));
            }
            assertThat(folder().resolve("lost.json")).exists();
        }
    }

    @Test
    void aFolderThatHoldsOtherThingsIsLeftOpen() throws IOException {
        Files.createDirectory(folder());
        Files.writeString(folder().resolve("ledger.db"), "");
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told)) {
            spool.open();
            assertThat(mode(folder())).isEqualTo("rwxr-xr-x");
            assertThat(mode(folder().resolve("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsToldAndTriedAgain() throws IOException {
        Files.writeString(folder(), "no folder");
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told)) {
            spool.start();
            assertThat(spool.health())
                    .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                            .contains(folder().toString(), "cannot be used"));
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> spool.append(Messages.messages(1, 1, 10)))
                        .withMessageContaining("cannot be used");
            }
            Files.delete(folder());
            spool.tend();
            spool.append(Messages.messages(1, 1, 10));

            assertThat(Messages.ids(spool.oldest(9))).containsExactly("id-1");
            assertThat(spool.health()).isInstanceOf(Health.Up.class);
        }
    }

    @Test
    void aFullDiskTakesTheNewestInPlaceOfTheOldestAndSaysSo() throws IOException {
        Path inTheWay = folder().resolve("lost.json.new/in the way");
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told, new Small(folder(), 20_000))) {
            spool.open();
            Files.createDirectories(inTheWay);
            spool.append(Messages.messages(1, 60, 1_000));

            List<String> kept = Messages.ids(takeAll(spool));
            assertThat(kept).hasSizeBetween(12, 19).endsWith("id-60");
            int lost = 60 - kept.size();
            assertThat(kept).isEqualTo(Messages.ids(lost + 1, 60));
            assertThat(spool.untoldLosses()).singleElement().satisfies(loss -> {
                assertThat(loss.first()).isEqualTo(Messages.message(1, 0).slot());
                assertThat(loss.last()).isEqualTo(Messages.message(lost, 0).slot());
                assertThat(loss.messages()).isEqualTo(lost);
            });
            assertThat(told.lost).containsOnlyKeys("spool_overflow").containsEntry("spool_overflow", lost);
            assertThat(spool.health()).isInstanceOf(Health.Degraded.class);

            Files.delete(inTheWay);
            spool.tend();
            assertThat(folder().resolve("lost.json")).exists();
        }
    }

    private static List<PollingMessage> takeAll(Spool spool) throws IOException {
        List<PollingMessage> all = new ArrayList<>();
        while (spool.messages() > 0) {
            List<PollingMessage> some = spool.oldest(7);
            spool.remove(some);
            all.addAll(some);
        }
        return all;
    }

    @Test
    void aFullDiskIsAnErrorIfNothingCanGoAndSpoilsNothing() throws IOException {
        Small disk = new Small(folder(), 3_000);
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told, disk)) {
            spool.open();
            spool.append(Messages.messages(1, 2, 1_000));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> spool.append(List.of(Messages.message(3, 1_000))))
                    .withMessageContaining("No space");
            assertThat(spool.health()).isInstanceOf(Health.Degraded.class);
            disk.capacity = 10_000;
            spool.append(List.of(Messages.message(4, 1_000)));

            assertThat(Messages.ids(takeAll(spool))).containsExactly("id-1", "id-2", "id-4");
            assertThat(spool.health()).isInstanceOf(Health.Up.class);
        }
        assertThat(told.lost).isEmpty();
    }

    @Test
    void ofAFileThatWasSentInPartOnlyTheRestIsTold() throws IOException {
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told)) {
            spool.open();
            spool.append(Messages.messages(1, 10, 1_000));
            spool.remove(spool.oldest(2));
            spool.append(Messages.messages(11, 80, 1_000));

            Loss loss = spool.untoldLosses().getFirst();
            assertThat(loss.first()).isEqualTo(Messages.message(3, 0).slot());
            assertThat(loss.messages() + spool.messages()).isEqualTo(78);
        }
    }

    @Test
    void aDiskThatTakesNothingThoughItHasRoomDoesNotCostEverything() throws IOException {
        boolean[] broken = {false};
        Disk disk = (file, bytes) -> {
            if (broken[0]) {
                throw new IOException("Input/output error");
            }
            Disk.real().append(file, bytes);
        };
        try (Spool spool = new Spool(new SpoolOptions(folder(), BOUND), told, disk)) {
            spool.open();
            spool.append(Messages.messages(1, 40, 1_000));
            broken[0] = true;
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> spool.append(List.of(Messages.message(41, 1_000))));
            }
            assertThat(spool.messages()).isBetween(34L, 39L);
        }
    }
}
