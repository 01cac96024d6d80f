// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.bus.PollingMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk does not give back is told, and costs nothing else. */
class SpoolDamageTest {
    private final Messages told = new Messages();

    @TempDir
    private Path folder;

    private Spool open() throws IOException {
        Spool spool = new Spool(new SpoolOptions(folder, 64 << 10), told);
        spool.open();
        return spool;
    }

    /** The file of these messages, and the bytes in it. */
    private Path written(List<PollingMessage> messages) throws IOException {
        try (Spool spool = open()) {
            spool.append(messages);
        }
        return files(".spool").getFirst();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> takeAll(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        while (spool.messages() > 0) {
            List<PollingMessage> some = spool.oldest(7);
            spool.remove(some);
            all.addAll(Messages.ids(some));
        }
        return all;
    }

    private static List<String> without(int count, int lost) {
        return IntStream.rangeClosed(1, count)
                .filter(number -> number != lost)
                .mapToObj(number -> "id-" + number)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x10, 0x80})
    void aChangedByteLosesItsOwnMessageAndSaysSo(int change) throws IOException {
        Path file = written(Messages.messages(1, 4, 30));
        byte[] whole = Files.readAllBytes(file);
        int each = whole.length / 4;
        for (int i = 0; i < whole.length; i++) {
            clear();
            byte[] changed = whole.clone();
            changed[i] ^= (byte) change;
            Files.write(file, changed);
            int lost = i / each + 1;
            try (Spool spool = open()) {
                assertThat(spool.health()).as("byte %d", i).isInstanceOf(Health.Degraded.class);
                assertThat(takeAll(spool)).as("byte %d", i).isEqualTo(without(4, lost));
                Loss loss = spool.untoldLosses().getFirst();
                assertThat(spool.untoldLosses()).as("byte %d", i).hasSize(1);
                assertThat(loss.reason()).isEqualTo(LossReason.SPOOL_DAMAGED);
                assertThat(loss.messages()).as("byte %d", i).isEqualTo(1);
                assertThat(loss.first().source()).isEqualTo("s");
            }
            assertThat(files(".damaged")).singleElement().satisfies(kept -> assertThat(Files.readAllBytes(kept))
                    .isEqualTo(changed));
        }
        assertThat(told.lost).containsOnlyKeys("spool_damaged").containsEntry("spool_damaged", whole.length);
        assertThat(told.damaged).isPositive();
    }

    @Test
    void aDamagedBodyStillSaysWhoseItWas() throws IOException {
        Path file = written(Messages.messages(1, 3, 500));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3 + 300] ^= 1;
        Files.write(file, bytes);

        try (Spool spool = open()) {
            assertThat(spool.untoldLosses())
                    .containsExactly(Loss.one(
                            LossReason.SPOOL_DAMAGED,
                            "cmp1",
                            Messages.message(2, 0).slot(),
                            10));
        }
        assertThat(told.lostSamples).isEqualTo(10);
    }

    @Test
    void whatWasToldIsNotToldAgainAfterARestart() throws IOException {
        Path file = written(Messages.messages(1, 3, 500));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3 + 300] ^= 1;
        Files.write(file, bytes);
        try (Spool spool = open()) {
            spool.told(Messages.wholly(spool.untoldLosses()));
        }

        for (int restart = 1; restart <= 3; restart++) {
            try (Spool spool = open()) {
                assertThat(spool.untoldLosses()).isEmpty();
                assertThat(Messages.ids(spool.oldest(9))).containsExactly("id-1", "id-3");
            }
        }
        assertThat(told.lost).containsEntry("spool_damaged", 1);
    }

    @Test
    void aLossThatWasNotToldIsToldAfterARestart() throws IOException {
        Path file = written(Messages.messages(1, 3, 500));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3 + 300] ^= 1;
        Files.write(file, bytes);
        open().close();

        try (Spool spool = open()) {
            assertThat(spool.untoldLosses()).singleElement().satisfies(loss -> assertThat(loss.messages())
                    .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xff, 'y'})
    void aLostBlockLosesThoseThatItTouches(int filling) throws IOException {
        Path file = written(Messages.messages(1, 3, 1_000));
        byte[] bytes = Files.readAllBytes(file);
        // from within the body of the first to within the body of the second, its head and label included
        Arrays.fill(bytes, 600, 1_600, (byte) filling);
        Files.write(file, bytes);

        try (Spool spool = open()) {
            assertThat(takeAll(spool)).containsExactly("id-3");
            assertThat(spool.untoldLosses()).singleElement().satisfies(loss -> {
                assertThat(loss.first()).isEqualTo(Messages.message(1, 0).slot());
                assertThat(loss.samples()).isEqualTo(10);
            });
        }
    }

    @Test
    void aFileOfWhichNothingIsLeftIsToldWithTheNextSlot() throws IOException {
        Path file = written(Messages.messages(1, 3, 100));
        Files.write(file, new byte[1_000]);

        try (Spool spool = open()) {
            assertThat(spool.messages()).isZero();
            assertThat(spool.health()).isInstanceOf(Health.Degraded.class);
        }
        try (Spool spool = open()) {
            spool.seen(Messages.message(7, 0).slot(), "cmp1");
            assertThat(spool.untoldLosses())
                    .containsExactly(Loss.one(
                            LossReason.SPOOL_DAMAGED,
                            "cmp1",
                            Messages.message(7, 0).slot(),
                            0));
        }
        assertThat(files(".spool")).isEmpty();
    }

    @Test
    void whatIsDamagedWhileItRunsIsPassedOverToo() throws IOException {
        try (Spool spool = open()) {
            spool.append(Messages.messages(1, 4, 300));
            Path file = files(".spool").getFirst();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 4 + 200] ^= 1;
            bytes[200] ^= 1;
            Files.write(file, bytes);

            assertThat(takeAll(spool)).containsExactly("id-3", "id-4");
            assertThat(spool.untoldLosses()).singleElement().satisfies(loss -> {
                assertThat(loss.messages()).isEqualTo(2);
                assertThat(loss.samples()).isEqualTo(20);
            });
            spool.append(Messages.messages(5, 5, 100));
            assertThat(takeAll(spool)).containsExactly("id-5");
        }
    }

    @Test
    void aTaleThatCannotBeReadIsToldAsALoss() throws IOException {
        Files.writeString(folder.resolve("lost.json"), "[{");

        try (Spool spool = open()) {
            spool.seen(Messages.message(7, 0).slot(), "cmp1");
            assertThat(spool.untoldLosses()).hasSize(1);
        }
    }

    @Test
    void keepsFewDamagedFiles() throws IOException {
        for (int i = 0; i < 7; i++) {
            Files.write(folder.resolve("%016d.spool".formatted(i + 1)), new byte[100 + i]);
        }
        try (Spool spool = open()) {
            assertThat(spool.messages()).isZero();
        }
        assertThat(files(".damaged")).hasSize(4);
    }

    /** As earlier versions wrote it: without a label before the body. */
    private static byte[] earlier(PollingMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0);
            out.writeUTF(message.id());
            out.writeUTF(message.slot().source());
            out.writeLong(message.slot().interval().toSeconds());
            out.writeLong(message.slot().start().getEpochSecond());
            out.writeInt(message.samples());
            out.write(message.body().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer record = ByteBuffer.wrap(bytes.toByteArray());
        int length = record.limit() - 8;
        return record.putInt(0, length)
                .putInt(4, SpoolRecord.checksum(length, record.array(), 8))
                .array();
    }

    private static PollingMessage ofNobody(PollingMessage message) {
        return new PollingMessage(message.id(), message.slot(), "", message.samples(), message.body());
    }

    @Test
    void readsWhatAnEarlierVersionWrote() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (PollingMessage message : Messages.messages(1, 3, 100)) {
            file.write(earlier(message));
        }
        byte[] bytes = file.toByteArray();
        Path path = folder.resolve("0000000000000001.spool");
        Files.write(path, bytes);
        try (Spool spool = open()) {
            assertThat(spool.oldest(9))
                    .isEqualTo(Messages.messages(1, 3, 100).stream()
                            .map(SpoolDamageTest::ofNobody)
                            .toList());
        }
        bytes[bytes.length / 3 + 1] ^= 1;
        Files.write(path, bytes);
        try (Spool spool = open()) {
            assertThat(takeAll(spool)).containsExactly("id-1", "id-3");
            assertThat(spool.untoldLosses()).singleElement().satisfies(loss -> assertThat(loss.last())
                    .isEqualTo(Messages.message(3, 0).slot()));
        }
    }
}
