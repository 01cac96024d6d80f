// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nephometer.runtime.json.Json;
import io.nephometer.sources.polling.dynamic.expression.syntax.SyntaxException;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions made up by {@link ExpressionGenerator} give here what they give in Python. */
class PythonOracleTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final int CASES = 4_000;

    private static final Map<String, String> NAMES_OF_KINDS = Map.of(
            "TypeError", "TYPE",
            "ValueError", "VALUE",
            "KeyError", "KEY",
            "IndexError", "INDEX",
            "AttributeError", "ATTRIBUTE",
            "ZeroDivisionError", "ZERO_DIVISION",
            "OverflowError", "OVERFLOW",
            "NameError", "NAME",
            "SyntaxError", "syntax");

    /** What Python says where we say that it is too much. */
    private static final Set<String> TOO_MUCH = Set.of("MemoryError", "OVERFLOW");

    @TempDir
    private Path folder;

    private record Case(String expression, Map<String, @Nullable Object> names) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void madeUpExpressionsGiveWhatTheyGiveInPython(long seed) throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "needs " + PYTHON + " (Debian package python3)");
        ExpressionGenerator generator = new ExpressionGenerator(seed);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Map<String, @Nullable Object> names = generator.names();
            cases.add(new Case(generator.expression(), names));
        }
        List<String> answers = askPython(cases);

        assertThat(answers).hasSize(CASES);
        List<String> differences = new ArrayList<>();
        int values = 0;
        for (int i = 0; i < CASES; i++) {
            String expected = outcome(Json.parse(answers.get(i)));
            String actual = evaluate(cases.get(i));
            values += expected.startsWith("=") ? 1 : 0;
            if (!expected.equals(actual) && !(actual.equals("LIMIT") && TOO_MUCH.contains(expected))) {
                differences.add("%n%s%n  with %s%n  Python %s%n  here   %s"
                        .formatted(
                                cases.get(i).expression(),
                                Json.write(cases.get(i).names()),
                                expected,
                                actual));
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(values).as("expressions that have a value").isGreaterThan(CASES / 3);
    }

    private static String outcome(@Nullable Object answer) {
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(answer);
        if (map.containsKey("value")) {
            return "= " + map.get("value");
        }
        String name = String.valueOf(map.get("raises"));
        return NAMES_OF_KINDS.getOrDefault(name, name);
    }

    private static String evaluate(Case example) {
        try {
            Expression expression =
                    Expression.parse(example.expression(), example.names().keySet());
            return "= " + Shown.repr(expression.evaluate(example.names()), new Budget());
        } catch (SyntaxException e) {
            return "syntax";
        } catch (ExpressionException e) {
            return e.kind().name();
        }
    }

    private List<String> askPython(List<Case> cases) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Case example : cases) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("expression", example.expression());
            line.put("names", example.names());
            lines.add(Json.write(line));
        }
        Path script = folder.resolve("oracle.py");
        try (InputStream source = PythonOracleTest.class.getResourceAsStream("oracle.py")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        Path output = folder.resolve("answers.jsonl");
        Path errors = folder.resolve("errors.txt");
        Process python = new ProcessBuilder(PYTHON.toString(), script.toString())
                .redirectInput(Files.write(folder.resolve("cases.jsonl"), lines).toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(python.waitFor()).as(Files.readString(errors)).isZero();
        return Files.readAllLines(output);
    }
}
