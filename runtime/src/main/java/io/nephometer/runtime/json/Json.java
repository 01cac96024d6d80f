// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads and writes JSON as trees of plain values: {@link LinkedHashMap} (in the order of the text, of a key given twice the
 * last value counts), {@link ArrayList}, {@link String}, {@link Long}, {@link BigInteger} where 64 bits are not enough,
 * {@link Double}, {@link Boolean} and null. Reads what Python's {@code json} reads, {@code NaN} and {@code Infinity} included,
 * because Python wrote it. Thread-safe.
 */
public final class Json {
    /** Containers within containers beyond this depth are refused. */
    public static final int MAX_DEPTH = 200;

    private static final char REPLACEMENT = '\uFFFD';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(2_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** The value that the UTF-8 {@code text} holds. */
    public static @Nullable Object parse(byte[] text) throws JsonException {
        return parse(decoded(text));
    }

    private static String decoded(byte[] text) throws JsonException {
        // Decoding first costs little and tells bad UTF-8 from bad JSON. The fast way puts U+FFFD where it is bad.
        String decoded = new String(text, StandardCharsets.UTF_8);
        if (decoded.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(text);
        }
        return decoded;
    }

    private static void checkUtf8(byte[] text) throws JsonException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new JsonException(JsonException.Kind.NOT_UTF8, "not UTF-8: " + e.getMessage());
        }
    }

    /** The value that {@code text} holds. */
    public static @Nullable Object parse(String text) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonException(JsonException.Kind.NOT_JSON, "empty text");
            }
            Object value = value(parser, first, 0);
            if (parser.nextToken() != null) {
                throw new JsonException(
                        JsonException.Kind.NOT_JSON,
                        "something follows the JSON value at "
                                + parser.currentTokenLocation().offsetDescription());
            }
            return value;
        } catch (JacksonException e) {
            throw new JsonException(JsonException.Kind.NOT_JSON, firstLine(e.getOriginalMessage()));
        }
    }

    /**
     * Some members of the map that the UTF-8 {@code text} holds, empty if it holds none of them or no map. The rest is passed over
     * without being built, however large it is and however deep; what follows the map is not looked at.
     */
    public static Map<String, @Nullable Object> members(byte[] text, Set<String> keys) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), decoded(text))) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            String key = parser.nextToken() == JsonToken.START_OBJECT ? parser.nextName() : null;
            while (key != null) {
                JsonToken token = parser.nextToken();
                if (keys.contains(key)) {
                    members.put(key, value(parser, token, 1));
                } else {
                    parser.skipChildren();
                }
                key = parser.nextName();
            }
            return members;
        } catch (JacksonException e) {
            throw new JsonException(JsonException.Kind.NOT_JSON, firstLine(e.getOriginalMessage()));
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token, int depth) throws JsonException {
        return switch (token) {
            case START_OBJECT -> map(parser, depth + 1);
            case START_ARRAY -> list(parser, depth + 1);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException(JsonException.Kind.NOT_JSON, "unexpected " + token);
        };
    }

    private static Number integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }

    private static Map<String, @Nullable Object> map(JsonParser parser, int depth) throws JsonException {
        checkDepth(depth);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String key = parser.nextName();
        while (key != null) {
            map.put(key, value(parser, parser.nextToken(), depth));
            key = parser.nextName();
        }
        return map;
    }

    private static List<@Nullable Object> list(JsonParser parser, int depth) throws JsonException {
        checkDepth(depth);
        List<@Nullable Object> list = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            list.add(value(parser, token, depth));
            token = parser.nextToken();
        }
        return list;
    }

    private static void checkDepth(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw new JsonException(JsonException.Kind.TOO_DEEP, "nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Compact JSON of a tree of plain values; NaN and the infinities, which JSON lacks, become texts. */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Boolean truth -> generator.writeBoolean(truth);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            case Double number -> generator.writeString(number.toString());
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((key, element) -> {
                    generator.writeName(String.valueOf(key));
                    write(generator, element);
                });
                generator.writeEndObject();
            }
            case Iterable<?> list -> {
                generator.writeStartArray();
                list.forEach(element -> write(generator, element));
                generator.writeEndArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "not a plain JSON value: " + value.getClass().getName());
        }
    }
}
