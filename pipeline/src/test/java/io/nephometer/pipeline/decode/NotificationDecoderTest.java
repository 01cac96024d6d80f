// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure.Kind;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationDecoderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ID = "af9690c5-6523-4da6-9e03-627bee29eb2d";

    private final NotificationDecoder decoder =
            new NotificationDecoder(1_000_000, TimeWindow.unlimited(InstantSource.fixed(NOW)));

    @Test
    void anEnvelope_isOpened() {
        Decoded.Notified notified = notified(envelope(message()));

        assertThat(notified.id().text()).isEqualTo(ID);
        assertThat(notified.notification().eventType()).isEqualTo("compute.instance.create.end");
        assertThat(notified.notification().priority()).isEqualTo("info");
        assertThat(notified.notification().generated()).isEqualTo(Instant.parse("2026-11-22T01:27:42.449925Z"));
        assertThat(notified.notification().tree().get("ctxt")).hasToString("{request_id=req-1, client_timeout=null}");
        assertThat(notified.notification().tree())
                .containsEntry("metadata", Map.of("message_id", ID, "timestamp", "2026-11-22 01:27:42.449925"))
                .containsEntry("payload", Map.of("a", 1L));
    }

    @Test
    void aMessageWithoutEnvelope_isReadToo_withTheSameHash() {
        assertThat(notified(Json.write(message())).hash())
                .isEqualTo(notified(envelope(message())).hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "not json                                      | NOT_JSON",
                "                                              | NOT_JSON",
                "{} {}                                         | NOT_JSON",
                "[]                                            | NOT_AN_ENVELOPE",
                "5                                             | NOT_AN_ENVELOPE",
                "null                                          | NOT_AN_ENVELOPE",
                "{\"oslo.version\":\"3.0\",\"oslo.message\":\"{}\"} | UNSUPPORTED_ENVELOPE_VERSION",
                "{\"oslo.version\":2,\"oslo.message\":\"{}\"}   | UNSUPPORTED_ENVELOPE_VERSION",
                "{\"oslo.version\":\"2.0\",\"oslo.message\":5}  | NOT_AN_ENVELOPE",
                "{\"oslo.version\":\"2.0\",\"oslo.message\":\"x\"} | NOT_JSON",
                "{\"oslo.version\":\"2.0\",\"oslo.message\":\"[]\"} | NOT_AN_ENVELOPE",
            })
    void whatIsNoMessage_isUnreadable(@Nullable String body, Kind kind) {
        assertThat(unreadable(body == null ? "" : body).failure().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "message_id, , MISSING_MESSAGE_ID",
        "message_id, ' ', MISSING_MESSAGE_ID",
        "message_id, 7, WRONG_TYPE",
        "event_type, , MISSING_EVENT_TYPE",
        "event_type, 7, WRONG_TYPE",
        "priority, urgent, UNKNOWN_PRIORITY",
        "priority, , UNKNOWN_PRIORITY",
        "timestamp, , MISSING_TIMESTAMP",
        "timestamp, 7, WRONG_TYPE",
        "timestamp, yesterday, BAD_TIMESTAMP",
        "timestamp, 2026-13-01 00:00:00, BAD_TIMESTAMP",
        "timestamp, 2026-11-23 12:00:01, OUTSIDE_TIME_WINDOW",
        "timestamp, 2126-11-23 12:00:01, OUTSIDE_TIME_WINDOW",
    })
    void aMessageThatLacksWhatEveryNotificationHas_isUnreadable(String key, @Nullable String value, Kind kind) {
        Map<String, @Nullable Object> message = message();
        message.put(key, "7".equals(value) ? 7L : value);

        assertThat(unreadable(envelope(message)).failure().kind()).isEqualTo(kind);
        message.remove(key);
        if (value == null) {
            assertThat(unreadable(envelope(message)).failure().kind()).isEqualTo(kind);
        }
    }

    @Test
    void theIdOfAnUnreadableMessage_isKeptIfThereIsOne() {
        Map<String, @Nullable Object> message = message();
        message.remove("timestamp");

        var id = unreadable(envelope(message)).id();

        assertThat(id).isNotNull().extracting(known -> known.text()).isEqualTo(ID);
    }

    @Test
    void bytesThatAreNotUtf8_areUnreadable() {
        RawMessage message = RawMessage.ofBody(Bytes.copyOf(new byte[] {'{', (byte) 0xff, '}'}));

        assertThat(decoder.decode(message)).isInstanceOfSatisfying(Decoded.Unreadable.class, u -> assertThat(
                        u.failure().kind())
                .isEqualTo(Kind.NOT_UTF8));
    }

    @Test
    void tooLarge_andTooDeep_areUnreadable() {
        assertThat(unreadable("\"" + "x".repeat(1_000_000) + "\"").failure().kind())
                .isEqualTo(Kind.TOO_LARGE);
        assertThat(unreadable("[".repeat(201) + "]".repeat(201)).failure().kind())
                .isEqualTo(Kind.TOO_DEEP);
        assertThat(unreadable("[".repeat(400_000)).failure().kind()).isEqualTo(Kind.TOO_DEEP);
    }

    @Test
    void whatIsTooLarge_hasTheHashThatItHasUnderALargerLimit() {
        NotificationDecoder small = new NotificationDecoder(100, TimeWindow.unlimited(InstantSource.fixed(NOW)));
        Map<String, @Nullable Object> message = message();
        message.put("_context_auth_token", "gAAAAABsecret==");

        for (String body : List.of(envelope(message), Json.write(message))) {
            Decoded.Unreadable refused = (Decoded.Unreadable) small.decode(raw(body));
            assertThat(refused.failure().kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(refused.raw().body().toText()).doesNotContain("gAAAAABsecret");
            assertThat(refused.hash()).isEqualTo(notified(body).hash());
        }
    }

    @Test
    void whatHoldsNoMessage_hasTheHashOfItsBytes() {
        for (String body : List.of("", "no json", "[1]", "{\"oslo.version\":\"2.0\",\"oslo.message\":5}")) {
            assertThat(unreadable(body).hash()).isEqualTo(BodyHash.of(body.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aTimeOlderThanTheRetention_isOutsideTheWindow() {
        NotificationDecoder limited = new NotificationDecoder(
                1_000_000, TimeWindow.ofRetention(InstantSource.fixed(NOW), Duration.ofHours(10)));

        assertThat(limited.decode(raw(envelope(message()))))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        u -> assertThat(u.failure().kind()).isEqualTo(Kind.OUTSIDE_TIME_WINDOW));
    }

    @Test
    void thePriority_comesFromTheRoutingKey_ifTheMessageHasNone() {
        Map<String, @Nullable Object> message = message();
        message.remove("priority");
        RawMessage raw = new RawMessage("nova", "notifications.error", Map.of(), Bytes.utf8(envelope(message)));

        assertThat(decoder.decode(raw)).isInstanceOfSatisfying(Decoded.Notified.class, n -> assertThat(
                        n.notification().priority())
                .isEqualTo("error"));
    }

    @Test
    void tokensOfTheContext_areMasked_inTheTreeAndInTheRawBytes() {
        Map<String, @Nullable Object> message = message();
        message.put("_context_auth_token", "gAAAAABsecret==");
        message.put("payload", new LinkedHashMap<>(Map.of("auth_token", "gAAAAABsecret==", "size", 1L)));

        Decoded.Notified notified = notified(envelope(message));

        assertThat(notified.raw().body().toText())
                .doesNotContain("gAAAAABsecret")
                .contains("***", "\\\"size\\\":1");
        assertThat(Json.write(notified.notification().tree())).doesNotContain("gAAAAABsecret");
    }

    @Test
    void tokensOfABodyThatIsNotJson_areMaskedToo() {
        byte[] broken = "\u00ff{\"_context_auth_token\": \"gAAAAABsecret==\", ".getBytes(StandardCharsets.ISO_8859_1);

        Decoded decoded = decoder.decode(RawMessage.ofBody(Bytes.copyOf(broken)));

        byte[] stored = ((Decoded.Unreadable) decoded).raw().body().toArray();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .isEqualTo("\u00ff{\"_context_auth_token\": \"***\", ");
    }

    private static Map<String, @Nullable Object> message() {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("message_id", ID);
        message.put("publisher_id", "compute.host-1");
        message.put("event_type", "compute.instance.create.end");
        message.put("priority", "INFO");
        message.put("payload", Map.of("a", 1L));
        message.put("timestamp", "2026-11-22 01:27:42.449925");
        message.put("_context_request_id", "req-1");
        return message;
    }

    private static String envelope(Map<String, @Nullable Object> message) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", Json.write(message));
        return Json.write(envelope);
    }

    private static RawMessage raw(String body) {
        return RawMessage.ofBody(Bytes.utf8(body));
    }

    private Decoded.Notified notified(String body) {
        Decoded decoded = decoder.decode(raw(body));
        assertThat(decoded).isInstanceOf(Decoded.Notified.class);
        return (Decoded.Notified) decoded;
    }

    private Decoded.Unreadable unreadable(String body) {
        Decoded decoded = decoder.decode(raw(body));
        assertThat(decoded).isInstanceOf(Decoded.Unreadable.class);
        return (Decoded.Unreadable) decoded;
    }
}
