// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.sources.polling.dynamic.expression.Expression;
import io.nephometer.sources.polling.dynamic.expression.ExpressionException;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of a URL, or a command: an expression that makes it, or if it is none, the text itself.
 *
 * @param expression null if the text is meant as it stands
 */
public record Template(String text, @Nullable Expression expression) {
    /** What an expression may use, where it makes a request for a sample; empty elsewhere. */
    public static final Set<String> NAMES = Set.of("sample", "extra_metadata_captured", "extra_metadata_by_name");

    private static final Pattern BEGIN_OF_EXPRESSION = Pattern.compile("\\(*[rRuUfF]{0,2}['\"]");

    /** @throws SyntaxException if it has quotes, so that it is meant to be an expression, and is none */
    static Template ofPath(String text) throws SyntaxException {
        return parse(text, text.indexOf('\'') >= 0 || text.indexOf('"') >= 0);
    }

    /** @throws SyntaxException if it begins with a quote, so that it is meant to be an expression, and is none */
    static Template ofCommand(String text) throws SyntaxException {
        return parse(text, BEGIN_OF_EXPRESSION.matcher(text.strip()).lookingAt());
    }

    private static Template parse(String text, boolean isMeant) throws SyntaxException {
        try {
            return new Template(text, Expression.parse(text, NAMES));
        } catch (SyntaxException e) {
            if (isMeant) {
                throw e;
            }
            return new Template(text, null);
        }
    }

    /**
     * The text for these values.
     *
     * @throws ExpressionException if the expression has no value
     */
    public String of(Map<String, ? extends @Nullable Object> values) throws ExpressionException {
        if (expression == null) {
            return text;
        }
        return expression.evaluate(values) instanceof String made ? made : text;
    }
}
