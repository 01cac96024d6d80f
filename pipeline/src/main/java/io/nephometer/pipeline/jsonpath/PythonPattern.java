// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression as Python's {@code re} reads it. Immutable and thread-safe. */
public final class PythonPattern {
    private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    private final Pattern pattern;

    /** The same, but for a match that is not empty. */
    private final Pattern advancing;

    private final Map<String, Integer> groups;
    private final int groupCount;

    private PythonPattern(String translated, int flags, Map<String, Integer> groups) {
        this.pattern = Pattern.compile(translated, FLAGS | flags);
        this.advancing = Pattern.compile("(?:" + translated + ")(?!\\G)", FLAGS | flags);
        this.groups = Map.copyOf(groups);
        this.groupCount = pattern.matcher("").groupCount();
    }

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException when Python would not take it; also for a condition on a group {@code (?(1)…)}, the flags
     *     {@code a} and {@code L}, and the flag {@code x} for a part only
     */
    public static PythonPattern compile(String regex) {
        RegexTranslation translation = new RegexTranslation(regex);
        String translated = translation.translate();
        return new PythonPattern(translated, translation.flags(), translation.groups());
    }

    int groupCount() {
        return groupCount;
    }

    Map<String, Integer> groups() {
        return groups;
    }

    /**
     * {@code re.match}: whether the text starts with a match.
     *
     * @throws JsonPathEvaluationException when the text is too long for the expression
     */
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
            return replace(text, template);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    /** After an empty match Python looks for a longer one at the same place; Java moves on by one. */
    private String replace(String text, PythonTemplate template) {
        Matcher matcher = pattern.matcher(text);
        Matcher longer = advancing.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        StringBuilder changed = new StringBuilder();
        int end = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            changed.append(text, end, matcher.start());
            template.expand(matcher, changed);
            end = matcher.end();
            from = end;
            if (matcher.start() == end) {
                longer.region(end, text.length());
                if (longer.lookingAt()) {
                    template.expand(longer, changed);
                    end = longer.end();
                    from = end;
                } else {
                    from = end < text.length() ? text.offsetByCodePoints(end, 1) : end + 1;
                }
            }
        }
        return changed.append(text, end, text.length()).toString();
    }

    /** Java matches alternatives by recursion, so a long text can exhaust the stack; that is the text's fault, not ours. */
    private JsonPathEvaluationException tooDeep(StackOverflowError e) {
        return new JsonPathEvaluationException("a text too long for the regular expression " + pattern + ": " + e);
    }
}
