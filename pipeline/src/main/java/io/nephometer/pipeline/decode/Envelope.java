// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure;
import io.nephometer.model.Failure.Kind;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The message inside a body, in either of oslo.messaging's two formats: version 2, where the body is a map of
 * {@code oslo.version} and {@code oslo.message} (the message as JSON text), and version 1, where the body is the message.
 *
 * @param hash of the inner text if there is one, so that the same message has the same hash in a re-written envelope
 * @param message as sent; may be changed by whoever decodes it
 */
record Envelope(BodyHash hash, Map<String, @Nullable Object> message) {
    private static final String VERSION = "oslo.version";
    private static final String MESSAGE = "oslo.message";

    /** Opens the envelope. */
    static Envelope open(Bytes body) throws UnreadableException {
        byte[] bytes = body.unsafeArray();
        Map<String, @Nullable Object> outer = parse(bytes);
        if (!outer.containsKey(VERSION) || !outer.containsKey(MESSAGE)) {
            return new Envelope(BodyHash.of(bytes), outer);
        }
        if (!(outer.get(VERSION) instanceof String version) || !version.matches("2(\\.\\d+)?")) {
            throw new UnreadableException(
                    Kind.UNSUPPORTED_ENVELOPE_VERSION, VERSION + " is " + shown(outer.get(VERSION)) + ", expected 2.x");
        }
        if (!(outer.get(MESSAGE) instanceof String inner)) {
            throw new UnreadableException(
                    Kind.NOT_AN_ENVELOPE, MESSAGE + " is not a text but " + shown(outer.get(MESSAGE)));
        }
        return new Envelope(hash(inner), parseInner(inner));
    }

    /**
     * The hash that {@link #open} gives, or would give under other limits, found without building the message. Of a body that
     * holds no message, the hash of all its bytes.
     */
    static BodyHash hash(Bytes body) {
        byte[] bytes = body.unsafeArray();
        try {
            Map<String, @Nullable Object> outer = Json.members(bytes, Set.of(VERSION, MESSAGE));
            return outer.containsKey(VERSION) && outer.get(MESSAGE) instanceof String inner
                    ? hash(inner)
                    : BodyHash.of(bytes);
        } catch (JsonException e) {
            return BodyHash.of(bytes);
        }
    }

    private static BodyHash hash(String inner) {
        return BodyHash.of(inner.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, @Nullable Object> parse(byte[] bytes) throws UnreadableException {
        try {
            return map(Json.parse(bytes), "the body");
        } catch (JsonException e) {
            throw new UnreadableException(kind(e), "the body: " + e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> parseInner(String text) throws UnreadableException {
        try {
            return map(Json.parse(text), MESSAGE);
        } catch (JsonException e) {
            throw new UnreadableException(kind(e), MESSAGE + ": " + e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value, String where) throws UnreadableException {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
            Map<String, @Nullable Object> message = (Map<String, @Nullable Object>) map;
            return message;
        }
        throw new UnreadableException(Kind.NOT_AN_ENVELOPE, where + " is not a map but " + shown(value));
    }

    private static Kind kind(JsonException e) {
        return switch (e.kind()) {
            case NOT_UTF8 -> Kind.NOT_UTF8;
            case NOT_JSON -> Kind.NOT_JSON;
            case TOO_DEEP -> Kind.TOO_DEEP;
        };
    }

    /** A value for an error text: its JSON, shortened. */
    static String shown(@Nullable Object value) {
        String json = Json.write(value);
        return json.length() <= 80 ? json : json.substring(0, 77) + "...";
    }

    /** Why no message could be read. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        UnreadableException(Kind kind, String detail) {
            super(detail, null, false, false);
            this.failure = new Failure(Failure.Step.DECODE, kind, detail);
        }

        Failure failure() {
            return failure;
        }
    }
}
