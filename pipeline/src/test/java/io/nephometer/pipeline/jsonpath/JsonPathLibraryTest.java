// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths made up by {@link PathGenerator} and {@link RegexGenerator} find here what jsonpath-rw-ext finds. Needs Debian's python3-jsonpath-rw-ext. */
@Tag("server")
class JsonPathLibraryTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int CASES = 5_000;

    @TempDir
    private Path folder;

    /**
     * Answers of the library that need not be the same here, as parts of its messages:
     *
     * <ul>
     *   <li>A look-behind of variable width is accepted here: Java can match it, and a file that has it is of no use there.
     * </ul>
     */
    private static final List<String> ALLOWED_DIFFERENCES = List.of("look-behind requires fixed-width pattern");

    private static boolean isAllowed(String answer) {
        return ALLOWED_DIFFERENCES.stream().anyMatch(answer::contains);
    }

    private record Case(String path, Map<String, @Nullable Object> tree) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void madeUpPathsGiveWhatTheLibraryGives(long seed) throws Exception {
        PathGenerator generator = new PathGenerator(seed);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Map<String, @Nullable Object> tree = generator.tree();
            cases.add(new Case(generator.path(tree), tree));
        }
        compare(seed, cases, CASES / 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void madeUpRegularExpressionsMatchWhatTheLibraryMatches(long seed) throws Exception {
        RegexGenerator generator = new RegexGenerator(seed);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(new Case(generator.path(), generator.tree()));
        }
        compare(seed, cases, CASES / 20);
    }

    private void compare(long seed, List<Case> cases, int leastFinds) throws Exception {
        List<String> answers = askLibrary(cases);
        assertThat(answers).as("answers, seed %d", seed).hasSize(CASES);
        List<String> differences = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < CASES; i++) {
            String expected = outcome(Json.parse(answers.get(i)));
            String actual = evaluate(cases.get(i));
            found += expected.startsWith("[[") ? 1 : 0;
            if (!expected.equals(actual) && !isAllowed(answers.get(i))) {
                differences.add("%nseed %d, case %d: %s%n  on %s%n  library %s%n  here    %s"
                        .formatted(
                                seed,
                                i,
                                cases.get(i).path(),
                                Json.write(cases.get(i).tree()),
                                answers.get(i),
                                actual));
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(found).as("cases that find something, seed %d", seed).isGreaterThan(leastFinds);
    }

    private static String outcome(@Nullable Object answer) {
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(answer);
        return map.containsKey("matches")
                ? Json.write(map.get("matches"))
                : String.valueOf(map.keySet().iterator().next());
    }

    private static String evaluate(Case example) {
        JsonPath path;
        try {
            path = JsonPath.parse(example.path());
        } catch (JsonPathSyntaxException e) {
            return "syntax";
        }
        try {
            List<List<String>> matches = new ArrayList<>();
            for (Match match : path.find(example.tree())) {
                matches.add(List.of(match.path(), PythonText.repr(match.value())));
            }
            return Json.write(matches);
        } catch (JsonPathEvaluationException e) {
            return "raises";
        }
    }

    private List<String> askLibrary(List<Case> cases) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Case example : cases) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("path", example.path());
            line.put("tree", example.tree());
            lines.add(Json.write(line));
        }
        Path script = folder.resolve("oracle.py");
        try (InputStream source = JsonPathLibraryTest.class.getResourceAsStream("oracle.py")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        Path input = Files.write(folder.resolve("cases.jsonl"), lines);
        Path output = folder.resolve("answers.jsonl");
        Path errors = folder.resolve("errors.txt");
        Process python = new ProcessBuilder(PYTHON, script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(python.waitFor())
                .as(
                        "%s with the Debian package python3-jsonpath-rw-ext (apt-get install it): %s",
                        PYTHON, Files.readString(errors))
                .isZero();
        return Files.readAllLines(output);
    }
}
