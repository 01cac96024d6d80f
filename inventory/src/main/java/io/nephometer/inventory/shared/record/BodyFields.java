// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a body, by name. Those that nobody asks for do not matter, so that a newer program may write more. */
final class BodyFields {
    private final String what;
    private final Map<?, ?> fields;

    private BodyFields(String what, Map<?, ?> fields) {
        this.what = what;
        this.fields = fields;
    }

    /**
     * The fields of an object.
     *
     * @param what for messages: {@code instance}
     */
    static BodyFields parse(String what, String body) throws BodyException {
        try {
            if (Json.parse(body) instanceof Map<?, ?> map) {
                return new BodyFields(what, map);
            }
        } catch (JsonException e) {
            throw new BodyException(what + ": " + e.getMessage(), e);
        }
        throw new BodyException(what + ": expected an object");
    }

    String text(String name) throws BodyException {
        return required(name, textOrNull(name));
    }

    @Nullable String textOrNull(String name) throws BodyException {
        return one(String.class, name);
    }

    /** The same, where {@code true} stands for {@code same}. */
    @Nullable String textOrSame(String name, @Nullable String same) throws BodyException {
        return Boolean.TRUE.equals(fields.get(name)) ? same : textOrNull(name);
    }

    boolean flag(String name) throws BodyException {
        return Boolean.TRUE.equals(one(Boolean.class, name));
    }

    long number(String name) throws BodyException {
        return required(name, one(Long.class, name));
    }

    @Nullable Long numberOrNull(String name) throws BodyException {
        return one(Long.class, name);
    }

    int integer(String name) throws BodyException {
        return required(name, integerOrNull(name));
    }

    @Nullable Integer integerOrNull(String name) throws BodyException {
        Long number = one(Long.class, name);
        if (number != null && number.intValue() != number) {
            throw wrong(name, "a 32-bit integer", number);
        }
        return number == null ? null : (Integer) number.intValue();
    }

    Instant time(String name) throws BodyException {
        return required(name, timeOrNull(name));
    }

    @Nullable Instant timeOrNull(String name) throws BodyException {
        String text = textOrNull(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BodyException(place(name) + ": expected a time, found another text", e);
        }
    }

    Duration duration(String name) throws BodyException {
        try {
            return Duration.parse(text(name));
        } catch (DateTimeException e) {
            throw new BodyException(place(name) + ": expected a duration, found another text", e);
        }
    }

    <E extends Enum<E>> E choice(Class<E> type, String name) throws BodyException {
        String text = text(name);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new BodyException(place(name) + ": there is no " + text, e);
        }
    }

    Map<String, String> texts(String name) throws BodyException {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<?, ?> map = one(Map.class, name);
        if (map != null) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                texts.put(String.valueOf(entry.getKey()), cast(String.class, name, entry.getValue()));
            }
        }
        return texts;
    }

    Map<String, Long> numbers(String name) throws BodyException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        Map<?, ?> map = one(Map.class, name);
        if (map != null) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                numbers.put(String.valueOf(entry.getKey()), cast(Long.class, name, entry.getValue()));
            }
        }
        return numbers;
    }

    List<String> textList(String name) throws BodyException {
        List<String> texts = new ArrayList<>();
        List<?> list = one(List.class, name);
        if (list != null) {
            for (Object item : list) {
                texts.add(cast(String.class, name, item));
            }
        }
        return texts;
    }

    BodyFields part(String name) throws BodyException {
        return required(name, partOrNull(name));
    }

    @Nullable BodyFields partOrNull(String name) throws BodyException {
        Map<?, ?> map = one(Map.class, name);
        return map == null ? null : new BodyFields(place(name), map);
    }

    List<BodyFields> parts(String name) throws BodyException {
        List<BodyFields> parts = new ArrayList<>();
        List<?> list = one(List.class, name);
        if (list != null) {
            for (Object item : list) {
                parts.add(new BodyFields(place(name), cast(Map.class, name, item)));
            }
        }
        return parts;
    }

    /** These with others in place of those of the same name; one that is null there is none. */
    BodyFields with(BodyFields others) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(fields);
        all.putAll(others.fields);
        return new BodyFields(others.what, all);
    }

    private <T> @Nullable T one(Class<T> type, String name) throws BodyException {
        Object value = fields.get(name);
        return value == null ? null : cast(type, name, value);
    }

    private <T> T cast(Class<T> type, String name, @Nullable Object value) throws BodyException {
        if (!type.isInstance(value)) {
            throw wrong(name, type.getSimpleName(), value);
        }
        return type.cast(value);
    }

    private <T> T required(String name, @Nullable T value) throws BodyException {
        if (value == null) {
            throw new BodyException(place(name) + " is missing");
        }
        return value;
    }

    private BodyException wrong(String name, String expected, @Nullable Object found) {
        String type = found == null ? "null" : found.getClass().getSimpleName();
        return new BodyException(place(name) + ": expected " + expected + ", found " + type);
    }

    private String place(String name) {
        return what + "." + name;
    }
}
