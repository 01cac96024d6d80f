// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Slot;
import io.nephometer.sources.polling.Tree;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions and answers with something in them that does not belong there: read, refused or run, never an exception. */
class GarbageDefinitionTest {
    private static final List<String> STRANGE = List.of(
            "null",
            "[]",
            "{}",
            "''",
            "5",
            "-1.5",
            "true",
            "[1, a]",
            "{a: b}",
            "2026-01-01",
            "'x | value'",
            "'. | value'",
            "'[l].v'",
            "'a.{b}'",
            ".inf",
            "'value | '",
            "'| value'",
            "\"'\"",
            "1e400",
            "99999999999999999999");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void costsNoException(long seed) throws Exception {
        Random random = new Random(seed);
        int used = 0;
        for (String line : Vectors.dynamicPollsters()) {
            Tree vector = Tree.parse(line.replace("http://ENDPOINT", "http://api.test"));
            for (int i = 0; i < 10; i++) {
                String text = changed(vector.at("definition").text(), random);
                DynamicDefinitions definitions = DynamicDefinitions.read("x.yaml", text, DefinitionOptions.DEFAULT);
                for (DynamicPollsterDefinition definition : definitions.pollsters()) {
                    DynamicResult result = new DynamicPolling(fetch(vector, random), () -> 0).poll(definition);
                    ReadingSamples.of(result, new Slot("s", Duration.ofSeconds(60), Instant.EPOCH));
                    used++;
                }
            }
        }
        assertThat(used).as("definitions that can be used all the same").isGreaterThan(200);
    }

    /** One value, of whatever key, is another one. */
    private static String changed(String definition, Random random) {
        List<String> lines = new ArrayList<>(definition.lines().toList());
        if (!lines.isEmpty()) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            String value = STRANGE.get(random.nextInt(STRANGE.size()));
            int colon = line.indexOf(": ");
            lines.set(at, colon > 0 ? line.substring(0, colon + 2) + value : line.stripTrailing() + " " + value);
        }
        return String.join("\n", lines);
    }

    private static CannedFetch fetch(Tree vector, Random random) {
        CannedFetch fetch = new CannedFetch().endpoint("test", "http://api.test");
        for (Tree answer : vector.at("responses").items()) {
            String body = answer.at("body").text();
            String broken =
                    switch (random.nextInt(4)) {
                        case 0 -> body.replaceFirst("\\d+", "null");
                        case 1 -> body.replaceFirst("\\[", "[7, null, [], {}, ");
                        case 2 -> body.substring(0, body.length() / 2);
                        default -> body;
                    };
            fetch.answer(
                    answer.at("path").text(),
                    new DynamicFetch.Answer(200, null, broken.getBytes(StandardCharsets.UTF_8)));
        }
        return fetch;
    }
}
