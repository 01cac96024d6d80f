// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class TextMaskTest {
    private static final List<String> HINTS = List.of("token", "pass");
    private static final Pattern PATTERN = Pattern.compile("\"(?:x_\\w*token\\w*|pass)\":\"([^\"]+)");
    private static final List<String> PIECES =
            List.of("\"", "\"pass\":\"", "\"x_token\":\"", "x_", "token", "pass", "tokenpass", ":", "a", " ", "\":\"");

    @Test
    void replacesTheGroup_andNothingElse() {
        assertThat(mask("{\"a\":\"token\",\"pass\":\"s3\",\"x_my_token_2\":\"s4\",\"passes\":\"s5\"}"))
                .isEqualTo("{\"a\":\"token\",\"pass\":\"*\",\"x_my_token_2\":\"*\",\"passes\":\"s5\"}");
    }

    @Test
    void aTextWithoutMatch_isReturnedItself() {
        String text = "\"token\":\"x\"";
        assertThat(mask(text)).isSameAs(text);
        assertThat(mask("")).isEmpty();
    }

    @RepeatedTest(500)
    void findsWhatTheRegularExpressionFinds(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        String expected = PATTERN.matcher(text)
                .replaceAll(found -> found.group().substring(0, found.start(1) - found.start()) + "*");
        assertThat(mask(text.toString())).as("of %s", text).isEqualTo(expected);
    }

    private static String mask(String text) {
        return new TextMask(text, HINTS, PATTERN).with("*");
    }
}
