// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import io.nephometer.runtime.yaml.YamlNode.YamlDate;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of YAML 1.1 scalars, as PyYAML types them: {@code yes} is true, {@code 010} is 8, {@code 1:30} is 90, and an exponent
 * needs a dot and a sign to make a float, so that {@code 1e3} is a text.
 */
final class YamlScalars {
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Pattern INTEGER = Pattern.compile(
            "[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+" + "|[1-9][0-9_]*(?::[0-5]?[0-9])+)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
            + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

    private YamlScalars() {}

    /** The value of a scalar without quotes and without tag. */
    static @Nullable Object implicit(String text) {
        if (NULL.contains(text)) {
            return null;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        if (INTEGER.matcher(text).matches()) {
            return integer(text);
        }
        if (FLOAT.matcher(text).matches()) {
            return decimal(text);
        }
        return DATE.matcher(text).matches() ? new YamlDate(text) : text;
    }

    /**
     * The value of a scalar with a tag.
     *
     * @throws IllegalArgumentException if the tag is unknown or does not fit the text
     */
    static @Nullable Object tagged(String tag, String text) {
        return switch (tag) {
            case "tag:yaml.org,2002:str" -> text;
            case "tag:yaml.org,2002:null" -> null;
            case "tag:yaml.org,2002:int" -> integer(text);
            case "tag:yaml.org,2002:float" -> decimal(text);
            case "tag:yaml.org,2002:bool" -> truth(text);
            case "tag:yaml.org,2002:timestamp" -> new YamlDate(text);
            default -> throw new IllegalArgumentException("a value with the tag " + tag + " has no meaning here");
        };
    }

    private static boolean truth(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new IllegalArgumentException("not a boolean: " + text);
        }
        return TRUE.contains(word);
    }

    private static Number integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        String unsigned = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        BigInteger value = magnitude(unsigned);
        BigInteger signed = negative ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Number) signed.longValueExact() : signed;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.indexOf(':') >= 0) {
            BigInteger value = BigInteger.ZERO;
            for (String part : digits.split(":", -1)) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
            return value;
        }
        return digits.startsWith("0") ? new BigInteger(digits, 8) : new BigInteger(digits);
    }

    private static double decimal(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.endsWith(".inf")) {
            return digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (digits.equals(".nan")) {
            return Double.NaN;
        }
        if (digits.indexOf(':') < 0) {
            return Double.parseDouble(digits);
        }
        boolean negative = digits.startsWith("-");
        double value = 0;
        for (String part : (negative || digits.startsWith("+") ? digits.substring(1) : digits).split(":", -1)) {
            value = value * 60 + Double.parseDouble(part);
        }
        return negative ? -value : value;
    }
}
