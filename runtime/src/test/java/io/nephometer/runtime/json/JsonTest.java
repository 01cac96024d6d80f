// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static Map<String, @Nullable Object> members(String text) throws JsonException {
        return Json.members(text.getBytes(UTF_8), Set.of("a", "b"));
    }

    @Test
    void members_areTakenFromTheTopAlone_theLastOfEach() throws Exception {
        assertThat(members("{\"a\": 1, \"c\": {\"b\": 2}, \"a\": \"last\", \"d\": [{\"b\": 3}, NaN]}"))
                .isEqualTo(Map.of("a", "last"));
        assertThat(members("{\"b\": [1, {}]}")).isEqualTo(Map.of("b", List.of(1L, Map.of())));
    }

    @Test
    void members_passOverWhatIsTooDeepToBeParsed() throws Exception {
        String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);

        assertThat(members("{\"c\": " + deep + ", \"a\": 1}")).isEqualTo(Map.of("a", 1L));
        assertThat(kind("{\"a\": " + deep + "}")).isEqualTo(JsonException.Kind.TOO_DEEP);
    }

    @Test
    void whatIsNoMap_hasNoMembers() throws Exception {
        for (String text : List.of("", "5", "[{\"a\": 1}]", "\"a\"")) {
            assertThat(members(text)).as(text).isEmpty();
        }
    }

    @Test
    void members_ofWhatIsNoJson_areRefused() {
        for (String text : List.of("{", "{\"a\": 1", "{\"c\": [}", "{\"a\": x}", "no json")) {
            assertThat(kind(text)).as(text).isEqualTo(JsonException.Kind.NOT_JSON);
        }
        JsonException thrown = catchThrowableOfType(
                JsonException.class, () -> Json.members(new byte[] {'{', (byte) 0xff, '}'}, Set.of()));
        assertThat(thrown.kind()).isEqualTo(JsonException.Kind.NOT_UTF8);
    }

    private static JsonException.Kind kind(String text) {
        return catchThrowableOfType(JsonException.class, () -> members(text)).kind();
    }
}
