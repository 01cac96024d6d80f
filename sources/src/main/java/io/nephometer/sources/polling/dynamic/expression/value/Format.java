// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a value is written within a text: {@code [[fill]align][sign][#][0][width][,][.precision][type]}, as behind the colon in braces.
 *
 * @param fill code point that fills up to the width
 * @param align {@code < > ^ =}; 0 for the usual one of the type, {@link #ZEROS} for the usual one with zeros
 * @param sign {@code + -} or blank
 * @param alternate whether {@code #} is given
 * @param comma the separator of thousands, or 0
 * @param precision -1 if none is given
 * @param type 0 if none is given
 */
record Format(int fill, char align, char sign, boolean alternate, char comma, int width, int precision, char type) {
    /** Zeros between the sign of a number and its digits; behind a text. */
    static final char ZEROS = '0';

    private static final Pattern SPECIFICATION = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>[0-9]{1,9})?"
                    + "(?<comma>[,_])?(?:\\.(?<precision>[0-9]{1,4}))?(?<type>[sdfFeEgGxXobcn%])?",
            Pattern.DOTALL);

    static Format parse(String text) {
        Matcher m = SPECIFICATION.matcher(text);
        if (!m.matches()) {
            throw new Fault(Fault.Kind.VALUE, "not understood as a format: " + text);
        }
        boolean zero = m.group("zero") != null;
        String fill = m.group("fill");
        String align = m.group("align");
        return new Format(
                fill != null ? fill.codePointAt(0) : zero ? '0' : ' ',
                align != null ? align.charAt(0) : zero ? ZEROS : 0,
                first(m.group("sign"), '-'),
                m.group("alt") != null,
                first(m.group("comma"), (char) 0),
                m.group("width") == null ? 0 : Integer.parseInt(m.group("width")),
                m.group("precision") == null ? -1 : Integer.parseInt(m.group("precision")),
                first(m.group("type"), (char) 0));
    }

    private static char first(@Nullable String text, char otherwise) {
        return text == null ? otherwise : text.charAt(0);
    }

    /** The value, written so. */
    String of(@Nullable Object value, Budget budget) {
        if (value instanceof Boolean) {
            return of(Numbers.number(value), budget);
        }
        return switch (value) {
            case Double number -> number(number < 0 || 1 / number < 0, real(number), budget);
            case Long number -> whole(BigInteger.valueOf(number), budget);
            case BigInteger number -> whole(number, budget);
            case String text -> text(text, budget);
            case null, default -> {
                if (!equals(parse(""))) {
                    throw Fault.type("a " + Types.name(value) + " cannot be formatted; write str(…)");
                }
                yield text(Shown.str(value, budget), budget);
            }
        };
    }

    private String text(String text, Budget budget) {
        if ((type != 0 && type != 's') || align == '=' || comma != 0 || sign != '-') {
            throw new Fault(Fault.Kind.VALUE, "this format is not for texts");
        }
        int most = precision < 0 ? Integer.MAX_VALUE : precision;
        String cut = Texts.length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
        return padded("", cut, align == 0 || align == ZEROS ? '<' : align, budget);
    }

    private String whole(BigInteger number, Budget budget) {
        if ("fFeEgG%".indexOf(type) >= 0 && type != 0) {
            return number(number.signum() < 0, real(Numbers.real(number)), budget);
        }
        if (type == 's' || precision >= 0) {
            throw new Fault(Fault.Kind.VALUE, "this format is not for whole numbers");
        }
        if (type == 'c') {
            throw new Fault(Fault.Kind.VALUE, "the format c is not supported");
        }
        BigInteger magnitude = number.abs();
        String digits =
                switch (type) {
                    case 'x' -> (alternate ? "0x" : "") + magnitude.toString(16);
                    case 'X' -> (alternate ? "0X" : "") + magnitude.toString(16).toUpperCase(Locale.ROOT);
                    case 'o' -> (alternate ? "0o" : "") + magnitude.toString(8);
                    case 'b' -> (alternate ? "0b" : "") + magnitude.toString(2);
                    default -> grouped(Shown.digits(magnitude));
                };
        return number(number.signum() < 0, digits, budget);
    }

    private String real(double number) {
        if (type != 0 && "fFeEgGn%".indexOf(type) < 0) {
            throw new Fault(Fault.Kind.VALUE, "this format is not for floats");
        }
        char kind = type == 0 ? ' ' : type == 'n' ? 'g' : Character.toLowerCase(type);
        String text = grouped(FloatText.of(number, kind, precision, alternate));
        return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private String grouped(String digits) {
        if (comma == 0 || !Character.isDigit(digits.charAt(0))) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = end - 3; i > 0; i -= 3) {
            grouped.insert(i, comma);
        }
        return grouped.toString();
    }

    private String number(boolean negative, String digits, Budget budget) {
        String before = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        return padded(before, digits, align == 0 ? '>' : align, budget);
    }

    private String padded(String before, String text, char side, Budget budget) {
        int missing = Math.max(width - before.length() - Texts.length(text), 0);
        budget.text((long) before.length() + text.length() + missing);
        String filler = Character.toString(fill);
        return switch (side) {
            case '<' -> before + text + filler.repeat(missing);
            case '^' -> filler.repeat(missing / 2) + before + text + filler.repeat(missing - missing / 2);
            case '=', ZEROS -> before + filler.repeat(missing) + text;
            default -> filler.repeat(missing) + before + text;
        };
    }
}
