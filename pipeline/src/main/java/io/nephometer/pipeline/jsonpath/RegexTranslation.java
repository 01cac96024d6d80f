// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a regular expression of Python's {@code re} for {@link Pattern}. What means something else there: named groups,
 * {@code \Z}, {@code \v}, {@code {,n}}, braces and brackets that stand for themselves, and everything in character classes that
 * Java takes for set operations.
 */
final class RegexTranslation {
    /** Python's white space has four control characters more than Java's. */
    private static final String SPACES = "\\s\\x1c-\\x1f";

    private static final String WORDS = "\\p{L}\\p{N}_";

    private final String regex;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> groups = new HashMap<>();
    private int groupCount;
    private int flags;
    private boolean verbose;
    private int at;

    RegexTranslation(String regex) {
        this.regex = regex;
    }

    String translate() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '(' -> group();
                case '{' -> brace();
                case '.', '^', '$', '|', ')', '*', '+', '?' -> copy();
                default -> character(c);
            }
        }
        return out.toString();
    }

    /** Flags of {@link Pattern} that the expression sets for all of itself. */
    int flags() {
        return flags;
    }

    /** Numbers of the named groups. */
    Map<String, Integer> groups() {
        return groups;
    }

    private void copy() {
        out.append(regex.charAt(at++));
    }

    private void character(char c) {
        if (verbose && PythonText.isSpace(c)) {
            at++;
        } else if (verbose && c == '#') {
            int end = regex.indexOf('\n', at);
            at = end < 0 ? regex.length() : end + 1;
        } else {
            literal(regex.codePointAt(at));
            at += Character.charCount(regex.codePointAt(at));
        }
    }

    private void literal(int character) {
        if (character < 0x80 && !Character.isLetterOrDigit(character) && character > ' ') {
            out.append('\\');
        }
        out.appendCodePoint(character);
    }

    private void escape(boolean inClass) {
        if (at + 1 >= regex.length()) {
            throw error("bad escape at the end");
        }
        char c = regex.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'd', 'D' -> out.append('\\').append(c);
            case 's' -> out.append(inClass ? SPACES : "[" + SPACES + "]");
            case 'w' -> out.append(inClass ? WORDS : "[" + WORDS + "]");
            case 'S' -> out.append("[^").append(SPACES).append(']');
            case 'W' -> out.append("[^").append(WORDS).append(']');
            case 'a' -> out.append("\\x07");
            case 'v' -> out.append("\\x0B");
            case 'f', 'n', 'r', 't' -> out.append('\\').append(c);
            case 'x' -> codePoint(2);
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            default -> otherEscape(c, inClass);
        }
    }

    private void otherEscape(char c, boolean inClass) {
        if (c >= '0' && c <= '9') {
            at--;
            digits(inClass);
        } else if (inClass && c == 'b') {
            out.append("\\x08");
        } else if (!inClass && (c == 'A' || c == 'b' || c == 'B')) {
            out.append('\\').append(c);
        } else if (!inClass && c == 'Z') {
            out.append("\\z");
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw error("bad escape \\" + c);
        } else {
            literal(regex.codePointAt(at - 1));
            at += Character.charCount(regex.codePointAt(at - 1)) - 1;
        }
    }

    /** An octal number or a group; {@code at} is at the first digit. */
    private void digits(boolean inClass) {
        int length = 1;
        while (length < 3 && at + length < regex.length() && isOctal(at + length)) {
            length++;
        }
        boolean octal = isOctal(at) && (inClass || regex.charAt(at) == '0' || length == 3);
        if (octal) {
            int value = Integer.parseInt(regex.substring(at, at + length), 8);
            if (value > 0xff) {
                throw error("octal escape beyond 0o377");
            }
            appendHex(value);
            at += length;
        } else if (inClass) {
            throw error("bad escape in a character class");
        } else {
            int end = at + 1 < regex.length() && Character.isDigit(regex.charAt(at + 1)) ? at + 2 : at + 1;
            reference(Integer.parseInt(regex.substring(at, end)));
            at = end;
        }
    }

    private boolean isOctal(int index) {
        return regex.charAt(index) >= '0' && regex.charAt(index) <= '7';
    }

    private void reference(int group) {
        if (group > groupCount) {
            throw error("no group " + group);
        }
        out.append("(?:\\").append(group).append(')');
    }

    private void codePoint(int digits) {
        String hex = regex.substring(at, Math.min(at + digits, regex.length()));
        if (!hex.matches("[0-9a-fA-F]{" + digits + "}") || Long.parseLong(hex, 16) > Character.MAX_CODE_POINT) {
            throw error("bad hexadecimal escape");
        }
        appendHex(Integer.parseInt(hex, 16));
        at += digits;
    }

    private void appendHex(int character) {
        out.append("\\x{").append(Integer.toHexString(character)).append('}');
    }

    private void characterClass() {
        int start = at;
        copy();
        if (at < regex.length() && regex.charAt(at) == '^') {
            copy();
        }
        int first = at;
        while (at < regex.length() && (regex.charAt(at) != ']' || at == first)) {
            char c = regex.charAt(at);
            boolean range = c == '-' && at > first && at + 1 < regex.length() && regex.charAt(at + 1) != ']';
            if (c == '\\') {
                escape(true);
            } else if (range) {
                copy();
            } else {
                literal(regex.codePointAt(at));
                at += Character.charCount(regex.codePointAt(at));
            }
        }
        if (at >= regex.length()) {
            at = start;
            throw error("unterminated character class");
        }
        copy();
    }

    private void brace() {
        int end = regex.indexOf('}', at);
        String bounds = end < 0 ? "" : regex.substring(at + 1, end);
        if (!bounds.matches("[0-9]+|[0-9]*,[0-9]*")) {
            literal('{');
            at++;
            return;
        }
        out.append('{').append(bounds.startsWith(",") ? "0" : "").append(bounds).append('}');
        at = end + 1;
    }

    private void group() {
        if (!regex.startsWith("(?", at)) {
            groupCount++;
            copy();
        } else if (regex.startsWith("(?P<", at)) {
            named();
        } else if (regex.startsWith("(?P=", at)) {
            int end = end(')');
            Integer group = groups.get(regex.substring(at + 4, end));
            reference(group == null ? Integer.MAX_VALUE : group);
            at = end + 1;
        } else if (regex.startsWith("(?#", at)) {
            at = end(')') + 1;
        } else if (regex.startsWith("(?<=", at) || regex.startsWith("(?<!", at)) {
            out.append(regex, at, at + 4);
            at += 4;
        } else if (at + 2 < regex.length() && ":=!>".indexOf(regex.charAt(at + 2)) >= 0) {
            out.append(regex, at, at + 3);
            at += 3;
        } else {
            flagGroup();
        }
    }

    /** A named group becomes a numbered one: Java's names may not have an underscore. */
    private void named() {
        int end = end('>');
        String name = regex.substring(at + 4, end);
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*") || groups.putIfAbsent(name, ++groupCount) != null) {
            throw error("bad group name " + name);
        }
        out.append('(');
        at = end + 1;
    }

    private int end(char sign) {
        int end = regex.indexOf(sign, at);
        if (end < 0) {
            throw error("missing " + sign);
        }
        return end;
    }

    /** {@code (?i)} at the start, or {@code (?i-s:…)}. */
    private void flagGroup() {
        int end = at + 2;
        while (end < regex.length() && "aiLmsux-".indexOf(regex.charAt(end)) >= 0) {
            end++;
        }
        String letters = regex.substring(at + 2, end);
        char after = end < regex.length() ? regex.charAt(end) : ' ';
        if (letters.isEmpty() || letters.contains("L") || (after == ')' && (at > 0 || letters.contains("-")))) {
            throw error("unknown group or misplaced flags");
        }
        if (after == ':') {
            out.append("(?").append(letters.replaceAll("[aux]", "")).append(':');
        } else if (after == ')') {
            letters.chars().forEach(this::setFlag);
        } else {
            throw error("unknown group");
        }
        at = end + 1;
    }

    private void setFlag(int letter) {
        switch (letter) {
            case 'i' -> flags |= Pattern.CASE_INSENSITIVE;
            case 'm' -> flags |= Pattern.MULTILINE;
            case 's' -> flags |= Pattern.DOTALL;
            case 'x' -> verbose = true;
            default -> {}
        }
    }

    private PatternSyntaxException error(String problem) {
        return new PatternSyntaxException(problem, regex, Math.min(at, regex.length()));
    }
}
