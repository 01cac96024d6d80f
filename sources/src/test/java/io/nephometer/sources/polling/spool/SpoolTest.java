// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long BOUND = 64 << 10;

    private final Messages told = new Messages();

    @TempDir
    private Path temp;

    private Spool open() throws IOException {
        Spool spool = new Spool(new SpoolOptions(temp.resolve("spool"), BOUND), told);
        spool.open();
        return spool;
    }

    @Test
    void givesBackWhatItGotInItsOrder() throws IOException {
        try (Spool spool = open()) {
            List<PollingMessage> messages = Messages.messages(1, 20, 1_000);
            spool.append(messages);

            assertThat(spool.messages()).isEqualTo(20);
            assertThat(takeAll(spool)).isEqualTo(messages);
            assertThat(spool.messages()).isZero();
            assertThat(spool.bytes()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void keepsItsContentOverARestart() throws IOException {
        try (Spool spool = open()) {
            spool.append(Messages.messages(1, 5, 100));
        }
        try (Spool spool = open()) {
            spool.append(Messages.messages(6, 7, 100));
            assertThat(Messages.ids(takeAll(spool))).isEqualTo(Messages.ids(1, 7));
        }
        assertThat(told.damaged).isZero();
    }

    @Test
    void aCrashAtAnyByteLosesNoMessageThatWasWholeBefore() throws IOException {
        List<PollingMessage> messages = Messages.messages(1, 3, 20);
        List<Long> ends = new ArrayList<>();
        try (Spool spool = open()) {
            for (PollingMessage message : messages) {
                spool.append(List.of(message));
                ends.add(spool.bytes());
            }
        }
        byte[] whole = Files.readAllBytes(files().getFirst());
        Path file = files().getFirst();
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(
                    file, Arrays.copyOf(whole, cut), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            int length = cut;
            int expected =
                    Math.toIntExact(ends.stream().filter(end -> end <= length).count());
            try (Spool spool = open()) {
                spool.append(List.of(Messages.message(9, 20)));
                List<String> ids = new ArrayList<>(Messages.ids(1, expected));
                ids.add("id-9");
                assertThat(Messages.ids(takeAll(spool))).as("cut at %d", cut).isEqualTo(ids);
            }
        }
    }

    @Test
    void dropsTheOldestWhenItIsFullAndCountsThem() throws IOException {
        try (Spool spool = open()) {
            spool.append(Messages.messages(1, 200, 1_000));

            assertThat(spool.bytes()).isLessThanOrEqualTo(BOUND).isGreaterThan(BOUND * 8 / 10);
            long kept = spool.messages();
            assertThat(told.lost.getOrDefault("spool_overflow", 0)).isEqualTo(200 - kept);
            assertThat(told.lostSamples).isEqualTo(10 * (200 - kept));
            assertThat(Messages.ids(takeAll(spool))).isEqualTo(Messages.ids(Math.toIntExact(201 - kept), 200));
        }
    }

    @Test
    void remembersWhatItDroppedUntilItIsTold() throws IOException {
        long dropped;
        try (Spool spool = open()) {
            spool.append(Messages.messages(1, 200, 1_000));
            dropped = told.lost.getOrDefault("spool_overflow", 0);
        }
        try (Spool spool = open()) {
            List<Loss> losses = spool.untoldLosses();
            assertThat(losses).singleElement().satisfies(loss -> {
                assertThat(loss.first()).isEqualTo(Messages.message(1, 0).slot());
                assertThat(loss.last())
                        .isEqualTo(Messages.message(Math.toIntExact(dropped), 0).slot());
                assertThat(loss.messages()).isEqualTo(Math.toIntExact(dropped));
                assertThat(loss.samples()).isEqualTo(10 * dropped);
            });
            spool.told(Messages.wholly(losses));
        }
        try (Spool spool = open()) {
            assertThat(spool.untoldLosses()).isEmpty();
        }
    }

    @Test
    void whatWasTakenOutOfAFileThatIsNotEmptyComesAgainAfterARestart() throws IOException {
        try (Spool spool = open()) {
            spool.append(Messages.messages(1, 4, 100));
            spool.remove(spool.oldest(3));
            assertThat(Messages.ids(spool.oldest(9))).containsExactly("id-4");
        }
        try (Spool spool = open()) {
            assertThat(Messages.ids(takeAll(spool))).isEqualTo(Messages.ids(1, 4));
        }
    }

    @Test
    void belongsToOneProcess() throws IOException {
        try (Spool spool = open()) {
            assertThat(spool.messages()).isZero();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("another process");
        }
        open().close();
    }

    private List<PollingMessage> takeAll(Spool spool) throws IOException {
        List<PollingMessage> all = new ArrayList<>();
        while (spool.messages() > 0) {
            List<PollingMessage> some = spool.oldest(7);
            spool.remove(some);
            all.addAll(some);
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".spool")).toList();
        }
    }
}
