// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a single value is written.
 *
 * @param name for the reference page
 * @param expected for error messages
 * @param parse throws IllegalArgumentException for a text that is no such value
 * @param print never shows a secret
 */
record ScalarType(String name, String expected, Function<String, Object> parse, Function<Object, String> print) {
    private static final Map<Class<?>, ScalarType> KNOWN = known();

    /** The type of a class, or null if it is not a single value. */
    static @Nullable ScalarType of(Class<?> type) {
        return type.isEnum() ? ofEnum(type) : KNOWN.get(type);
    }

    /** The text as it may be shown in a message. */
    String masked(String text) {
        return switch (name) {
            case "secret" -> "***";
            case "URL" -> text.replaceFirst("(?s)//.*@", "//***@"); // may not name a user at all
            default -> ConnectionUrl.mask(text);
        };
    }

    private static Map<Class<?>, ScalarType> known() {
        Map<Class<?>, ScalarType> known = new LinkedHashMap<>();
        known.put(String.class, simple("text", "a text", text -> text));
        known.put(int.class, simple("integer", "a whole number", Integer::valueOf));
        known.put(long.class, simple("integer", "a whole number", Long::valueOf));
        known.put(double.class, simple("number", "a number", ScalarType::finite));
        known.put(boolean.class, simple("boolean", "true or false", ScalarType::truth));
        known.put(
                Duration.class,
                new ScalarType(
                        "duration",
                        DurationText.EXPECTED,
                        DurationText::parse,
                        value -> DurationText.print((Duration) value)));
        known.put(ByteSize.class, simple("size", ByteSize.EXPECTED, ByteSize::parse));
        known.put(Path.class, simple("path", "a path", Path::of));
        known.put(URI.class, simple("URL", "a URL such as http://host:port/", ScalarType::absolute));
        known.put(Secret.class, simple("secret", "a text, ${VARIABLE} or file:/path", Secret::new));
        known.put(ConnectionUrl.class, simple("address", ConnectionUrl.EXPECTED, ConnectionUrl::new));
        known.put(Integer.class, simple("integer", "a whole number", Integer::valueOf));
        known.put(Long.class, simple("integer", "a whole number", Long::valueOf));
        return known;
    }

    private static ScalarType simple(String name, String expected, Function<String, Object> parse) {
        return new ScalarType(name, expected, parse, Object::toString);
    }

    private static Object finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not finite");
        }
        return number;
    }

    private static Object truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static Object absolute(String text) {
        URI uri = URI.create(text);
        if (!uri.isAbsolute() || uri.getHost() == null) {
            throw new IllegalArgumentException("not absolute");
        }
        return uri;
    }

    private static ScalarType ofEnum(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
        }
        String expected = "one of " + String.join(", ", constants.keySet());
        String name = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" \\| "));
        return new ScalarType(
                name,
                expected,
                text -> {
                    Object constant =
                            constants.get(text.toLowerCase(Locale.ROOT).replace('-', '_'));
                    if (constant == null) {
                        throw new IllegalArgumentException(expected);
                    }
                    return constant;
                },
                value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT));
    }
}
