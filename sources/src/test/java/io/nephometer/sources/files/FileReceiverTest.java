// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReceiverTest {
    @TempDir
    Path folder;

    @Test
    void captureLines_giveExchangeRoutingKeyPropertiesAndBody() throws IOException {
        Path file = write(
                "a.jsonl",
                "{\"exchange\":\"nova\",\"routing_key\":\"notifications.info\",\"properties\":{\"priority\":0},\"body\":\"{}\"}\n");

        RawMessage message = all(file).getFirst().message();

        assertThat(message.exchange()).isEqualTo("nova");
        assertThat(message.routingKey()).isEqualTo("notifications.info");
        assertThat(message.properties()).isEqualTo(Map.of("priority", 0L));
        assertThat(message.body().toText()).isEqualTo("{}");
    }

    @Test
    void otherLines_areBodies_whateverTheyHold() throws IOException {
        Path file = folder.resolve("b.jsonl");
        byte[] notUtf8 = {'x', (byte) 0xff, '\r', '\n'};
        Files.write(file, "{\"oslo.version\":\"2.0\"}\n\n  \n".getBytes(StandardCharsets.UTF_8));
        Files.write(file, notUtf8, java.nio.file.StandardOpenOption.APPEND);
        Files.write(file, "no line end".getBytes(StandardCharsets.UTF_8), java.nio.file.StandardOpenOption.APPEND);

        List<Delivery> deliveries = all(file);

        assertThat(deliveries).hasSize(3);
        assertThat(deliveries.get(0).message().body().toText()).isEqualTo("{\"oslo.version\":\"2.0\"}");
        assertThat(deliveries.get(1).message().body().toArray()).isEqualTo(new byte[] {'x', (byte) 0xff});
        assertThat(deliveries.get(2).message().body().toText()).isEqualTo("no line end");
    }

    @Test
    void gzippedFiles_areUnzipped_andCountedAsRead() throws IOException {
        Path file = folder.resolve("zipped-whatever-its-name");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1\n2\n".getBytes(StandardCharsets.UTF_8));
        }

        try (FileReceiver receiver = new FileReceiver(List.of(file))) {
            assertThat(drain(receiver))
                    .extracting(d -> d.message().body().toText())
                    .containsExactly("1", "2");
            assertThat(receiver.bytesRead()).isEqualTo(Files.size(file));
            assertThat(receiver.isExhausted()).isTrue();
        }
    }

    @Test
    void givenBack_comeAgainInOrder() throws IOException {
        Path file = write("d.jsonl", "1\n2\n3\n");
        try (FileReceiver receiver = new FileReceiver(List.of(file))) {
            List<Delivery> first = new ArrayList<>();
            first.add(receiver.receive(Duration.ZERO));
            first.add(receiver.receive(Duration.ZERO));
            receiver.giveBack(first);

            assertThat(drain(receiver))
                    .extracting(d -> d.message().body().toText())
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void aFileThatCannotBeRead_isNamedWithTheLine() throws IOException {
        Path file = folder.resolve("e.jsonl.gz");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 'c', 'u', 't'});
        try (FileReceiver receiver = new FileReceiver(List.of(file))) {
            assertThatThrownBy(() -> receiver.receive(Duration.ZERO))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<Delivery> all(Path file) {
        try (FileReceiver receiver = new FileReceiver(List.of(file))) {
            return drain(receiver);
        }
    }

    private static List<Delivery> drain(FileReceiver receiver) {
        List<Delivery> deliveries = new ArrayList<>();
        Delivery next = receiver.receive(Duration.ZERO);
        while (next != null) {
            deliveries.add(next);
            next = receiver.receive(Duration.ZERO);
        }
        return deliveries;
    }
}
