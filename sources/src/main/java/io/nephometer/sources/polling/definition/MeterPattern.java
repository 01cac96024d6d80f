// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

/**
 * One entry of {@code meters}: a glob over names of pollsters, or with {@code !} before it, what is excluded.
 *
 * @param line where it stands, counted from 1
 */
public record MeterPattern(String text, int line) {
    /** Whether it takes away. */
    public boolean isExclusion() {
        return text.startsWith("!");
    }

    /** Whether it adds, as opposed to {@code *}, which takes all, and to exclusions. */
    boolean isInclusion() {
        return !isExclusion() && !text.startsWith("*");
    }

    /** Whether nothing but this very name fits. */
    boolean isLiteral() {
        return !isExclusion() && text.chars().noneMatch(c -> c == '*' || c == '?' || c == '[');
    }

    Glob glob() {
        return Glob.of(isExclusion() ? text.substring(1) : text);
    }
}
