// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code '%s of %d' % (a, b)}. For one use. */
final class PercentFormat {
    private static final Pattern PLACE = Pattern.compile(
            "%(?:\\((?<key>[^()]*)\\))?(?<flags>[-+ 0#]*)(?<width>[0-9]{1,9})?"
                    + "(?:\\.(?<precision>[0-9]{1,4}))?[hlL]?(?<type>.)?",
            Pattern.DOTALL);

    private final String format;
    private final @Nullable Object given;
    private final Budget budget;
    private int taken;

    PercentFormat(String format, @Nullable Object given, Budget budget) {
        this.format = format;
        this.given = given;
        this.budget = budget;
    }

    String text() {
        Matcher place = PLACE.matcher(format);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (place.find()) {
            int before = text.length();
            text.append(format, at, place.start()).append(piece(place));
            budget.grown(before, text.length());
            at = place.end();
        }
        int used = given instanceof Tuple(var items) ? items.size() : given instanceof Map ? taken : 1;
        if (taken < used) {
            throw Fault.type("more values than places in a text before %");
        }
        return text.append(format, at, format.length()).toString();
    }

    private String piece(Matcher place) {
        String type = place.group("type");
        if (type == null) {
            throw new Fault(Fault.Kind.VALUE, "the text ends within a place for a value");
        }
        if (type.equals("%")) {
            return "%";
        }
        return written(value(place.group("key")), type.charAt(0), place);
    }

    private @Nullable Object value(@Nullable String key) {
        if (key != null) {
            if (!(given instanceof Map<?, ?>)) {
                throw Fault.type("%(" + key + ") needs a dict behind the %");
            }
            return Subscripts.item(given, key, budget);
        }
        if (given instanceof Tuple(var items)) {
            if (taken == items.size()) {
                throw Fault.type("more places than values in a text before %");
            }
            return items.get(taken++);
        }
        if (taken++ > 0) {
            throw Fault.type("more places than values in a text before %");
        }
        return given;
    }

    private String written(@Nullable Object value, char type, Matcher place) {
        String flags = String.valueOf(place.group("flags"));
        int width = number(place.group("width"), 0);
        int precision = number(place.group("precision"), -1);
        char side = flags.indexOf('-') >= 0 ? '<' : '>';
        boolean zeros = flags.indexOf('0') >= 0 && side == '>' && type != 's' && type != 'r';
        if ("diuxXo".indexOf(type) < 0) {
            return format(zeros ? '0' : ' ', zeros ? '=' : side, flags, width, precision, type)
                    .of(shaped(value, type), budget);
        }
        String number = format(' ', '>', flags, 0, -1, type).of(shaped(value, type), budget);
        int digits = zeros ? Math.max(precision, width - begin(number)) : precision;
        return format(' ', side, "", width, -1, 's').of(filled(number, digits), budget);
    }

    private static Format format(char fill, char align, String flags, int width, int precision, char type) {
        boolean isText = type == 's' || type == 'r';
        char sign = isText ? '-' : flags.indexOf('+') >= 0 ? '+' : flags.indexOf(' ') >= 0 ? ' ' : '-';
        char kind = isText ? 's' : "iu".indexOf(type) >= 0 ? 'd' : type;
        return new Format(fill, align, sign, flags.indexOf('#') >= 0, (char) 0, width, precision, kind);
    }

    /** A whole number with zeros behind its sign and prefix, so that it has so many digits. */
    private String filled(String number, int digits) {
        int begin = begin(number);
        int missing = Math.max(digits - (number.length() - begin), 0);
        budget.text((long) number.length() + missing);
        return number.substring(0, begin) + "0".repeat(missing) + number.substring(begin);
    }

    /** Of the digits, behind sign and prefix. */
    private static int begin(String number) {
        int sign = "-+ ".indexOf(number.charAt(0)) >= 0 ? 1 : 0;
        boolean hasPrefix = Stream.of("0x", "0X", "0o").anyMatch(prefix -> number.startsWith(prefix, sign));
        return sign + (hasPrefix ? 2 : 0);
    }

    /** The value as its type of place wants it: {@code %d} cuts fractions off, {@code %f} takes whole numbers. */
    private @Nullable Object shaped(@Nullable Object value, char type) {
        return switch (type) {
            case 's' -> Shown.str(value, budget);
            case 'r' -> Shown.repr(value, budget);
            case 'd', 'i', 'u' -> {
                if (!Types.isNumber(value)) {
                    throw Fault.type("%" + type + " wants a number, not " + Types.name(value));
                }
                yield Conversions.whole(value);
            }
            case 'x', 'X', 'o' -> Numbers.whole(Numbers.big(value));
            case 'f', 'F', 'e', 'E', 'g', 'G' -> {
                Number number = Numbers.number(value);
                if (number == null) {
                    throw Fault.type("%" + type + " wants a number, not " + Types.name(value));
                }
                yield Numbers.real(number);
            }
            default ->
                throw new Fault(
                        Fault.Kind.VALUE, "%" + String.valueOf(type).toLowerCase(Locale.ROOT) + " is not supported");
        };
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
