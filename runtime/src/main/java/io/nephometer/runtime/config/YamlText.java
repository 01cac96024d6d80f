// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as YAML on one line. */
final class YamlText {
    /** Needs no quotes: cannot be taken for another type, and holds nothing with a meaning in YAML. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_][A-Za-z0-9/_.+*@=?&%:-]*");

    private static final Pattern OTHER_WORD = Pattern.compile("(?i)null|~|true|false|yes|no|on|off|.*:");

    private YamlText() {}

    static String of(SettingType type, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return switch (type) {
            case SettingType.One(ScalarType scalar) -> one(scalar, value);
            case SettingType.Many(SettingType element) ->
                ((List<?>) value).stream().map(item -> of(element, item)).collect(Collectors.joining(", ", "[", "]"));
            case SettingType.Keyed(SettingType element) ->
                ((Map<?, ?>) value)
                        .entrySet().stream()
                                .map(entry -> quoted(entry.getKey().toString()) + ": " + of(element, entry.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"));
            case SettingType.Nested _ -> throw new IllegalArgumentException("a section has more than one line");
        };
    }

    private static String one(ScalarType scalar, Object value) {
        String text = scalar.print().apply(value);
        return value instanceof Boolean || value instanceof Number ? text : quoted(text);
    }

    /** The text with quotes where YAML needs them. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !OTHER_WORD.matcher(text).matches()) {
            return text;
        }
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }
}
