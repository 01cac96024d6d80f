// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of an answer while it arrives: it stands on one value at a time and never goes back. What is not asked for is
 * passed over. Whoever gets a value of another type than asked for gets an {@link AnswerException} with its place
 * ({@code /servers/3/flavor/ram}) and never the value. Not thread-safe.
 */
public final class JsonCursor {
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonParser parser;

    private JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** What to do with the value of a field, on which the cursor stands; doing nothing passes it over. */
    @FunctionalInterface
    public interface FieldReader {
        void read(String name) throws AnswerException;
    }

    /** What to do with an element, on which the cursor stands; doing nothing passes it over. */
    @FunctionalInterface
    public interface ItemReader {
        void read() throws AnswerException;
    }

    /** What to make of a whole text. */
    @FunctionalInterface
    public interface DocumentReader<T extends @Nullable Object> {
        T read(JsonCursor root) throws AnswerException;
    }

    /**
     * Reads one JSON value and makes sure that nothing follows it.
     *
     * @throws AnswerException if it is no JSON, or not of the shape that the reader wants
     * @throws JacksonIOException if the stream breaks; its cause is the stream's own exception
     */
    public static <T extends @Nullable Object> T read(InputStream text, DocumentReader<T> reader)
            throws AnswerException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new AnswerException("the answer is empty");
            }
            JsonCursor cursor = new JsonCursor(parser);
            T value = reader.read(cursor);
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw cursor.wrong("something follows the JSON value");
            }
            return value;
        } catch (JacksonIOException e) {
            throw e;
        } catch (UnexpectedEndOfInputException e) {
            throw new AnswerException("the JSON is cut off" + at(e), e);
        } catch (JacksonException e) {
            throw new AnswerException("not JSON" + at(e), e);
        }
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /** Hands over each field of the object here. */
    public void fields(FieldReader reader) throws AnswerException {
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            reader.read(name);
            parser.skipChildren();
        }
    }

    /** Reads the one field that counts of the object here. */
    public <T> T field(String wanted, DocumentReader<T> reader) throws AnswerException {
        List<T> found = new ArrayList<>(1);
        fields(name -> {
            if (name.equals(wanted)) {
                found.add(reader.read(this));
            }
        });
        if (found.isEmpty()) {
            throw wrong("expected a field " + wanted + ", found none");
        }
        return found.getFirst();
    }

    /** Hands over each field of the object here; null is as good as an empty one. */
    public void fieldsIfAny(FieldReader reader) throws AnswerException {
        if (!isNull()) {
            fields(reader);
        }
    }

    /** Hands over each element of the array here. */
    public void items(ItemReader reader) throws AnswerException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
            parser.skipChildren();
        }
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    public String text() throws AnswerException {
        expect(JsonToken.VALUE_STRING, "a text");
        return parser.getString();
    }

    public @Nullable String textOrNull() throws AnswerException {
        return isNull() ? null : text();
    }

    /** A text; null also if it is empty. */
    public @Nullable String textIfAny() throws AnswerException {
        String text = textOrNull();
        return text == null || text.isEmpty() ? null : text;
    }

    /** The text of a text, number or truth value; null for null. */
    public @Nullable String scalar() throws AnswerException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getString();
            case null, default -> throw wrong("expected a single value, found " + found());
        };
    }

    public boolean truth() throws AnswerException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw wrong("expected true or false, found " + found());
        };
    }

    public int integer() throws AnswerException {
        long value = number();
        if (value != (int) value) {
            throw wrong("expected a 32-bit integer, found a larger one");
        }
        return (int) value;
    }

    public @Nullable Integer integerOrNull() throws AnswerException {
        return isNull() ? null : (Integer) integer();
    }

    /** An integer, also if written as {@code 1.0}. */
    public long number() throws AnswerException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrong("expected an integer, found " + found());
        }
        try {
            BigDecimal value = parser.getDecimalValue();
            if (value.precision() - value.scale() > 19) {
                throw wrong("expected a 64-bit integer, found a larger one");
            }
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new AnswerException(place() + ": expected a 64-bit integer, found another number", e);
        }
    }

    public @Nullable Long numberOrNull() throws AnswerException {
        return isNull() ? null : (Long) number();
    }

    /** A time as OpenStack writes it, UTC where it has no zone: {@code 2026-11-22T02:16:54.000000}. */
    public @Nullable Instant timeOrNull() throws AnswerException {
        String text = textIfAny();
        if (text == null) {
            return null;
        }
        try {
            boolean zoned =
                    text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new AnswerException(place() + ": expected a time, found another text", e);
        }
    }

    /** An object of single values as texts; null is as good as an empty one, and values that are null are left out. */
    public Map<String, String> texts() throws AnswerException {
        Map<String, String> texts = new LinkedHashMap<>();
        fieldsIfAny(name -> {
            String text = scalar();
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** An array of texts; null is as good as an empty one. */
    public List<String> textList() throws AnswerException {
        List<String> texts = new ArrayList<>();
        if (!isNull()) {
            items(() -> texts.add(text()));
        }
        return texts;
    }

    /** The object here as plain values: maps, lists, texts, Long, Double (also for what 64 bits cannot hold), truth and null. */
    public Map<String, @Nullable Object> object() throws AnswerException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        fields(name -> object.put(name, value()));
        return object;
    }

    private @Nullable Object value() throws AnswerException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Number) parser.getDoubleValue()
                        : (Number) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw wrong("expected a value, found " + found());
        };
    }

    private List<@Nullable Object> list() throws AnswerException {
        List<@Nullable Object> list = new ArrayList<>();
        items(() -> list.add(value()));
        return list;
    }

    /** What is wrong here, with the place. */
    public AnswerException wrong(String what) {
        return new AnswerException(place() + ": " + what);
    }

    private String place() {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "/" : pointer;
    }

    private void expect(JsonToken token, String meaning) throws AnswerException {
        if (parser.currentToken() != token) {
            throw wrong("expected " + meaning + ", found " + found());
        }
    }

    private String found() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            case null, default -> "nothing";
        };
    }
}
