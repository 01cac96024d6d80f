// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** The replacement text of {@code re.sub}: {@code \1} and {@code \g<name>} stand for groups, {@code \n} and such for characters. */
final class PythonTemplate {
    /** Texts (String) and groups (Integer), in order. */
    private final List<Object> parts = new ArrayList<>();

    private final String template;
    private final PythonPattern pattern;
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private PythonTemplate(String template, PythonPattern pattern) {
        this.template = template;
        this.pattern = pattern;
    }

    /**
     * Compiles a replacement for matches of {@code pattern}.
     *
     * @throws PatternSyntaxException when it names an unknown group or escape
     */
    static PythonTemplate compile(String template, PythonPattern pattern) {
        PythonTemplate compiled = new PythonTemplate(template, pattern);
        while (compiled.at < template.length()) {
            compiled.next();
        }
        compiled.endLiteral();
        return compiled;
    }

    /** Appends what replaces the current match; a group that took no part is empty. */
    void expand(Matcher match, StringBuilder out) {
        for (Object part : parts) {
            switch (part) {
                case Integer group -> out.append(match.start(group) < 0 ? "" : match.group(group));
                default -> out.append(part);
            }
        }
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(literal.toString());
            literal.setLength(0);
        }
    }

    private void next() {
        char c = template.charAt(at++);
        if (c != '\\') {
            literal.append(c);
            return;
        }
        if (at >= template.length()) {
            throw error("bad escape at the end");
        }
        char escaped = template.charAt(at++);
        int known = "abfnrtv\\".indexOf(escaped);
        if (escaped == 'g') {
            namedGroup();
        } else if (escaped >= '0' && escaped <= '9') {
            at--;
            digits();
        } else if (known >= 0) {
            literal.append("\u0007\b\f\n\r\t\u000b\\".charAt(known));
        } else if ((escaped >= 'a' && escaped <= 'z') || (escaped >= 'A' && escaped <= 'Z')) {
            throw error("bad escape \\" + escaped);
        } else {
            literal.append('\\').append(escaped);
        }
    }

    private void namedGroup() {
        int end = template.indexOf('>', at);
        if (end < 0 || template.charAt(at) != '<') {
            throw error("expected a group name in <>");
        }
        String name = template.substring(at + 1, end);
        Integer named = pattern.groups().get(name);
        if (named == null && !name.matches("[0-9]{1,6}")) {
            throw error("unknown group name " + name);
        }
        group(named == null ? Integer.parseInt(name) : named);
        at = end + 1;
    }

    /** An octal number (\0, or three octal digits) or a group of one or two digits. */
    private void digits() {
        int length = 1;
        while (length < 3 && at + length < template.length() && isDigit(at + length, '7')) {
            length++;
        }
        boolean octal = isDigit(at, '7') && (template.charAt(at) == '0' || length == 3);
        if (octal) {
            int value = Integer.parseInt(template.substring(at, at + length), 8);
            if (value > 0xff) {
                throw error("octal escape beyond 0o377");
            }
            literal.append((char) value);
            at += length;
            return;
        }
        int end = at + 1 < template.length() && isDigit(at + 1, '9') ? at + 2 : at + 1;
        group(Integer.parseInt(template.substring(at, end)));
        at = end;
    }

    private boolean isDigit(int index, char highest) {
        return template.charAt(index) >= '0' && template.charAt(index) <= highest;
    }

    private void group(int group) {
        if (group > pattern.groupCount()) {
            throw error("no group " + group);
        }
        endLiteral();
        parts.add(group);
    }

    private PatternSyntaxException error(String problem) {
        return new PatternSyntaxException(problem, template, Math.min(at, template.length()));
    }
}
