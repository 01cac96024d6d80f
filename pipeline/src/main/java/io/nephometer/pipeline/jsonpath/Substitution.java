// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** {@code `sub(/regex/, replacement)`}: a text with every match replaced; nothing if that changes nothing. */
record Substitution(PythonPattern pattern, @Nullable PythonTemplate template, String templateFault) implements Path {
    static Substitution of(String regex, String replacement) {
        PythonPattern pattern = PythonPattern.compile(regex);
        try {
            return new Substitution(pattern, PythonTemplate.compile(replacement, pattern), "");
        } catch (PatternSyntaxException e) {
            return new Substitution(pattern, null, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Spot> select(Spot at) {
        if (template == null) {
            throw new JsonPathEvaluationException(templateFault);
        }
        if (!(at.value() instanceof String text)) {
            throw new JsonPathEvaluationException("`sub` on " + PythonText.typeOf(at.value()));
        }
        String changed = pattern.replaceAll(text, template);
        return changed.equals(text) ? List.of() : List.of(Spot.computed(changed));
    }
}
