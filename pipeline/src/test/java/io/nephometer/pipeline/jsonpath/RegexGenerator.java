// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes up paths with regular expressions in them, and texts to match. */
final class RegexGenerator {
    private static final List<String> REGEX_PARTS = List.of(
            "a",
            "b",
            "x",
            ".",
            ".",
            "\\.",
            "\\d",
            "\\w",
            "\\s",
            "\\D",
            "\\W",
            "\\S",
            "\\b",
            "\\Z",
            "\\A",
            "^",
            "$",
            "*",
            "+",
            "?",
            "{2}",
            "{,2}",
            "{1,}",
            "{",
            "}",
            "]",
            "(",
            ")",
            "(?:",
            "(?=",
            "(?!",
            "(?<=",
            "(?P<n_1>",
            "(?P=n_1)",
            "\\1",
            "|",
            "[a-c]",
            "[^.]",
            "[\\w.]",
            "[^\\W_]",
            "[]a]",
            "[a&&b]",
            "[[x]",
            "[\\]-]",
            "-",
            "_",
            "#",
            " ",
            "é",
            "😀",
            "\\n",
            "\\x41",
            "(?i)",
            "(?i:",
            "\\-",
            "\\q",
            "&&",
            "~",
            "[+--]",
            "*?",
            "++",
            "(?#c)",
            "\\v",
            "\\011",
            "[\\b]");
    private static final List<String> REPLACEMENTS = List.of(
            "",
            "-",
            "\\1",
            "\\g<1>",
            "<\\g<0>>",
            "\\g<n_1>",
            "$1",
            "\\n",
            "\\\\",
            "\\.",
            "\\0",
            "\\101",
            "\\q",
            "a\\2",
            "😀");

    private final Random random;

    RegexGenerator(long seed) {
        this.random = new Random(seed);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A path with a regular expression in it, over the texts of a list {@code l}. */
    String path() {
        StringBuilder regex = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            regex.append(pick(REGEX_PARTS));
        }
        String escaped = regex.toString().replace("\\", "\\\\");
        return random.nextBoolean()
                ? "l[?@ ~ '" + escaped + "']"
                : "l[" + random.nextInt(4) + "].`sub(/" + escaped + "/, "
                        + pick(REPLACEMENTS).replace("\\", "\\\\") + ")`";
    }

    /** What {@link #path} looks at. */
    Map<String, @Nullable Object> tree() {
        List<@Nullable Object> texts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            texts.add(pick(PathGenerator.TEXTS) + pick(List.of("", "a", "\n", "b.b", " _1", "AB-é")));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("l", texts);
        return tree;
    }
}
