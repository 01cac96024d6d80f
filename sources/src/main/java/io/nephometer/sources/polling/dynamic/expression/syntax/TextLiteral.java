// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import org.jspecify.annotations.Nullable;

/**
 * A text in quotes.
 *
 * @param raw what stands between the quotes
 * @param value what it means; null for a formatted text, whose pieces are still to be read
 * @param begin of the first character between the quotes
 * @param end the first character behind the closing quote
 */
record TextLiteral(String raw, @Nullable String value, int begin, int end) {
    /**
     * Reads the text whose opening quote stands at {@code at}.
     *
     * @param isRaw whether a backslash is only a backslash
     * @param isFormatted whether braces have a meaning
     */
    static TextLiteral read(String text, int at, boolean isRaw, boolean isFormatted) throws SyntaxException {
        char quote = text.charAt(at);
        String fence = String.valueOf(quote)
                .repeat(text.startsWith(String.valueOf(quote).repeat(3), at) ? 3 : 1);
        int begin = at + fence.length();
        int end = begin;
        while (!text.startsWith(fence, end)) {
            if (end >= text.length() || (fence.length() == 1 && text.charAt(end) == '\n')) {
                throw new SyntaxException(at, "this text has no closing quote");
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        String raw = text.substring(begin, end);
        String value = isFormatted ? null : isRaw ? raw : Escapes.decode(raw, begin);
        return new TextLiteral(raw, value, begin, end + fence.length());
    }
}
