// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors were signed by Ceilometer. Lines with {@code decoded} hold whole messages of the bus, others one to sign. */
class MessageSignatureTest {
    record Vector(String name, String secret, Map<?, ?> message, String signature) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Vector> vectors() {
        return lines().stream().flatMap(MessageSignatureTest::vectors);
    }

    private static Stream<Vector> vectors(Map<?, ?> line) {
        String name = String.valueOf(line.get("name"));
        String secret = String.valueOf(line.get("secret"));
        if (line.get("message") instanceof Map<?, ?> message) {
            return Stream.of(new Vector(name, secret, message, String.valueOf(line.get("signature"))));
        }
        List<Vector> vectors = new ArrayList<>();
        for (Object envelope : (List<?>) value(line, "decoded")) {
            Map<?, ?> payload = (Map<?, ?>) value((Map<?, ?>) envelope, "payload");
            for (Object sample : (List<?>) value(payload, "samples")) {
                Map<?, ?> message = (Map<?, ?>) sample;
                vectors.add(new Vector(name, secret, message, String.valueOf(message.get(MessageSignature.FIELD))));
            }
        }
        return vectors.stream();
    }

    private static Object value(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static List<Map<?, ?>> lines() {
        try (InputStream stream = MessageSignatureTest.class.getResourceAsStream("signatures.jsonl")) {
            assertThat(stream).isNotNull();
            List<Map<?, ?>> lines = new ArrayList<>();
            for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    lines.add((Map<?, ?>) Json.parse(line));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Vector> signed() {
        return vectors().filter(vector -> !vector.secret().isEmpty());
    }

    @Test
    void allVectorsAreRead() {
        assertThat(signed().map(Vector::name).distinct()).hasSize(25);
    }

    @ParameterizedTest
    @MethodSource("signed")
    void signatureIsThatOfCeilometer(Vector vector) {
        MessageSignature signature = MessageSignature.with(vector.secret());

        assertThat(signature.of(vector.message())).isEqualTo(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("signed")
    void signatureIsRightForItsMessageAloneAndItsSecretAlone(Vector vector) {
        Map<Object, @Nullable Object> message = new LinkedHashMap<>(vector.message());
        message.put(MessageSignature.FIELD, vector.signature());
        assertThat(MessageSignature.with(vector.secret()).isRightFor(message)).isTrue();

        assertThat(MessageSignature.with("another").isRightFor(message)).isFalse();
        message.put("counter_volume", 5L);
        assertThat(MessageSignature.with(vector.secret()).isRightFor(message)).isFalse();
    }

    @Test
    void missingOrForeignSignatureIsWrong() {
        MessageSignature signature = MessageSignature.with("secret");

        assertThat(signature.isRightFor(Map.of("a", 1L))).isFalse();
        assertThat(signature.isRightFor(Map.of("a", 1L, MessageSignature.FIELD, 7L)))
                .isFalse();
        assertThat(signature.isRightFor(Map.of("a", 1L, MessageSignature.FIELD, "é")))
                .isFalse();
    }

    @Test
    void emptySecretIsRefused() {
        assertThatThrownBy(() -> MessageSignature.with("")).isInstanceOf(IllegalArgumentException.class);
    }
}
