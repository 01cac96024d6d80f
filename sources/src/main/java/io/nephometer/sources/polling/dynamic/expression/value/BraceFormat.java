// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code '{} of {total:>8}'.format(a, total=b)}. For one use. */
public final class BraceFormat {
    private static final Pattern FIELD = Pattern.compile(
            "\\{\\{|}}|\\{(?<name>[^\\[\\]{}!:.]*)(?<path>(?:\\[[^\\[\\]{}]*])*)(?:!(?<how>[rs]))?(?::(?<format>[^{}]*))?}|[{}]");

    private final String format;
    private final Arguments arguments;
    private final Budget budget;
    private int taken;

    public BraceFormat(String format, Arguments arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.budget = budget;
    }

    public String text() {
        Matcher field = FIELD.matcher(format);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (field.find()) {
            int before = text.length();
            text.append(format, at, field.start()).append(piece(field));
            budget.grown(before, text.length());
            at = field.end();
        }
        return text.append(format, at, format.length()).toString();
    }

    private String piece(Matcher field) {
        return switch (field.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" ->
                throw new Fault(Fault.Kind.VALUE, "braces not understood in a format; attributes are not supported");
            default -> formatted(value(field), first(field.group("how")), field.group("format"), budget);
        };
    }

    private static char first(@Nullable String text) {
        return text == null ? ' ' : text.charAt(0);
    }

    /**
     * A value as it stands in a text.
     *
     * @param conversion {@code r}, {@code s} or ' '
     * @param format behind the colon; null for none
     */
    public static String formatted(@Nullable Object value, char conversion, @Nullable String format, Budget budget) {
        Object shown =
                switch (conversion) {
                    case 'r' -> Shown.repr(value, budget);
                    case 's' -> Shown.str(value, budget);
                    default -> value;
                };
        return format == null || format.isEmpty()
                ? Shown.str(shown, budget)
                : Format.parse(format).of(shown, budget);
    }

    private @Nullable Object value(Matcher field) {
        Object value = named(field.group("name"));
        for (String key : field.group("path").split("[\\[\\]]+", -1)) {
            if (!key.isEmpty()) {
                value = Subscripts.item(value, key.matches("[0-9]{1,9}") ? Long.valueOf(key) : key, budget);
            }
        }
        return value;
    }

    private @Nullable Object named(String name) {
        if (name.isEmpty() || name.matches("[0-9]{1,9}")) {
            int index = name.isEmpty() ? taken++ : Integer.parseInt(name);
            if (index >= arguments.count()) {
                throw new Fault(Fault.Kind.INDEX, "a format of more values than it is given");
            }
            return arguments.at(index);
        }
        if (!arguments.named().containsKey(name)) {
            throw new Fault(Fault.Kind.KEY, "a format that names " + name + ", which is not given");
        }
        return arguments.named().get(name);
    }
}
