// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression as Python's {@code re} reads it. Immutable and thread-safe. */
public final class PythonPattern {
    private final Pattern pattern;
    private final Map<String, Integer> groups;
    private final int groupCount;

    private PythonPattern(Pattern pattern, Map<String, Integer> groups) {
        this.pattern = pattern;
        this.groups = Map.copyOf(groups);
        this.groupCount = pattern.matcher("").groupCount();
    }

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException when Python would not take it, or it has a condition on a group, {@code (?(1)…)}
     */
    public static PythonPattern compile(String regex) {
        RegexTranslation translation = new RegexTranslation(regex);
        String translated = translation.translate();
        return new PythonPattern(
                Pattern.compile(
                        translated,
                        Pattern.UNIX_LINES
                                | Pattern.UNICODE_CASE
                                | Pattern.UNICODE_CHARACTER_CLASS
                                | translation.flags()),
                translation.groups());
    }

    int groupCount() {
        return groupCount;
    }

    Map<String, Integer> groups() {
        return groups;
    }

    /** {@code re.match}: whether the text starts with a match. */
    public boolean matchesStart(String text) {
        try {
            return pattern.matcher(text).lookingAt();
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /** {@code re.sub}: the text with every match replaced. */
    String replaceAll(String text, PythonTemplate template) {
        try {
            Matcher matcher = pattern.matcher(text);
            StringBuilder changed = new StringBuilder();
            int end = 0;
            while (matcher.find()) {
                changed.append(text, end, matcher.start());
                template.expand(matcher, changed);
                end = matcher.end();
            }
            return changed.append(text, end, text.length()).toString();
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /** Java matches alternatives by recursion, so a long text can exhaust the stack; that is the text's fault, not ours. */
    private JsonPathEvaluationException tooDeep(StackOverflowError e) {
        return new JsonPathEvaluationException("a text too long for the regular expression " + pattern + ": " + e);
    }
}
