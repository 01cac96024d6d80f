// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.config.Secret;
import io.nephometer.sources.polling.Tree;
import io.nephometer.testkit.Vectors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSignatureTest {
    private static final Secret SECRET = new Secret("not-so-secret");

    /** Each message that carries a signature, whether alone or in a notification. */
    static Stream<Arguments> vectors() {
        return Vectors.signatures().stream().map(Tree::parse).flatMap(MessageSignatureTest::cases);
    }

    private static Stream<Arguments> cases(Tree vector) {
        String name = vector.at("name").text();
        Secret secret = new Secret(vector.at("secret").text());
        if (vector.has("message")) {
            return Stream.of(Arguments.of(
                    name,
                    secret,
                    vector.at("message").map(),
                    vector.at("signature").text()));
        }
        return vector.at("decoded").items().stream()
                .flatMap(notification -> notification.at("payload", "samples").items().stream())
                .map(sample -> Arguments.of(
                        name,
                        secret,
                        sample.map(),
                        sample.at("message_signature").text()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isThatOfCeilometer(String name, Secret secret, Map<?, ?> message, String expected) {
        assertThat(MessageSignature.of(message, secret)).isEqualTo(expected);
    }

    @Test
    void allVectorsAreRead() {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(26);
    }

    @Test
    void aSignedMessageIsVerified() {
        Map<String, Object> message = signed();

        assertThat(MessageSignature.verify(message, SECRET)).isTrue();
        assertThat(MessageSignature.verify(message, new Secret("another"))).isFalse();
    }

    @Test
    void aChangedMessageIsNotVerified() {
        Map<String, Object> message = signed();
        message.put("counter_volume", 8L);

        assertThat(MessageSignature.verify(message, SECRET)).isFalse();
    }

    @Test
    void aMessageWithoutSignatureIsNotVerified() {
        assertThat(MessageSignature.verify(Map.of("a", "A"), SECRET)).isFalse();
        assertThat(MessageSignature.verify(Map.of("a", "A", "message_signature", 5L), SECRET))
                .isFalse();
        assertThat(MessageSignature.verify(Map.of("a", "A", "message_signature", ""), SECRET))
                .isFalse();
    }

    @Test
    void withoutASecretEveryMessageIsGood() {
        assertThat(MessageSignature.verify(Map.of("a", "A"), new Secret(""))).isTrue();
    }

    private static Map<String, Object> signed() {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("counter_name", "cpu", "counter_volume", 7L));
        message.put("message_signature", MessageSignature.of(message, SECRET));
        return message;
    }
}
