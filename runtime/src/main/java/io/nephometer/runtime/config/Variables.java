// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Variables of the environment inside a text, as a shell writes them: with a value to fall back to, or doubled for a plain one. */
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$?\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private Variables() {}

    static String replace(String text, Function<String, @Nullable String> environment, Consumer<String> problem) {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String whole = matcher.group();
            String value = whole.startsWith("$$") ? whole.substring(1) : value(matcher, environment, problem);
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(replaced).toString();
    }

    private static String value(
            Matcher matcher, Function<String, @Nullable String> environment, Consumer<String> problem) {
        String value = environment.apply(matcher.group(1));
        if (value != null) {
            return value;
        }
        String otherwise = matcher.group(2);
        if (otherwise != null) {
            return otherwise;
        }
        problem.accept("the environment has no variable " + matcher.group(1) + "; set it, or write ${"
                + matcher.group(1) + ":-otherwise}");
        return "";
    }
}
