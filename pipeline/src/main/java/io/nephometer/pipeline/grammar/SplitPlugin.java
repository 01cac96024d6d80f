// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.Match;
import io.nephometer.pipeline.jsonpath.PythonText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One segment of a text, which is cut at each separator.
 *
 * @param separator null for any run of blanks
 * @param segment counted from 0, or from the end where it is negative
 * @param maxSplit how often to cut; negative for no limit
 */
record SplitPlugin(@Nullable Pattern separator, long segment, int maxSplit) implements FieldPlugin {
    static final String NAME = "split";
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    static Pattern literally(String separator) {
        return Pattern.compile(separator, Pattern.LITERAL);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean givesSeveral() {
        return true;
    }

    @Override
    public List<@Nullable Object> apply(List<Match> matches) {
        return matches.stream()
                .<@Nullable Object>map(match -> segment(PythonText.str(match.value())))
                .toList();
    }

    private @Nullable String segment(String text) {
        String[] parts = parts(text);
        long index = segment < 0 ? segment + parts.length : segment;
        return index >= 0 && index < parts.length ? parts[(int) index] : null;
    }

    private String[] parts(String text) {
        int limit = maxSplit < 0 ? -1 : maxSplit + 1;
        if (separator != null) {
            return separator.split(text, limit);
        }
        String stripped = maxSplit < 0 ? text.strip() : text.stripLeading();
        return stripped.isEmpty() ? new String[0] : BLANKS.split(stripped, limit);
    }
}
