// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.YamlDate;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YamlReaderTest {
    static Stream<Arguments> scalars() {
        return Stream.of(
                Arguments.of("010", 8L),
                Arguments.of("-010", -8L),
                Arguments.of("0o10", "0o10"),
                Arguments.of("0x1F", 31L),
                Arguments.of("0b11", 3L),
                Arguments.of("1_000", 1000L),
                Arguments.of("1:30", 90L),
                Arguments.of("-1:30:05", -5405L),
                Arguments.of("1:30.5", 90.5),
                Arguments.of("08", "08"),
                Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
                Arguments.of("yes", true),
                Arguments.of("Off", false),
                Arguments.of("y", "y"),
                Arguments.of("~", null),
                Arguments.of("'~'", "~"),
                Arguments.of("1e3", "1e3"),
                Arguments.of("1.0e+3", 1000.0),
                Arguments.of("1.0e3", "1.0e3"),
                Arguments.of("1.", 1.0),
                Arguments.of("-.inf", Double.NEGATIVE_INFINITY),
                Arguments.of("2026-11-22", new YamlDate("2026-11-22")),
                Arguments.of("2026-11-22 01:27:42", new YamlDate("2026-11-22 01:27:42")),
                Arguments.of("!!str 12", "12"),
                Arguments.of("!!int '12'", 12L),
                Arguments.of("! 12", "12"));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalars_areTypedAsPyYamlTypesThem(String text, @Nullable Object expected) {
        assertThat(read("- " + text).plain()).isEqualTo(java.util.Collections.singletonList(expected));
    }

    @Test
    void merges_giveWayToOwnKeys_andTheFirstOfAListWins() {
        YamlNode root = read("""
                one: &one {a: 1, b: 1}
                two: &two {a: 2, c: 2}
                listed: {<<: [*one, *two], b: 3}
                twice:
                  <<: *one
                  <<: *two
                """);

        Map<?, ?> plain = (Map<?, ?>) plain(root);
        assertThat(plain.get("listed")).isEqualTo(Map.of("a", 1L, "b", 3L, "c", 2L));
        assertThat(plain.get("twice")).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 2L));
    }

    @Test
    void ofAKeyGivenTwice_theLastValueCounts() {
        assertThat(read("{a: 1, a: 2}").plain()).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void lines_areThoseOfTheFile() {
        Mapping root = (Mapping) read("a:\n  - 1\n  - b: 2\n");

        assertThat(root.get("a")).isInstanceOfSatisfying(YamlNode.Sequence.class, list -> {
            assertThat(list.items().get(0).line()).isEqualTo(2);
            assertThat(list.items().get(1).line()).isEqualTo(3);
        });
    }

    @Test
    void anEmptyFile_isNull() {
        assertThat(read("# nothing\n").plain()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: &x 1\\nb: &x 2       | 2 | the anchor &x is set a second time",
                "a: *x                   | 1 | the alias *x has no anchor before it",
                "a: 1\\n---\\nb: 2       | 2 | a second document starts here; one file holds one",
                "a: 1\\n<<: foo          | 2 | only a map can be merged",
                "a: !!python/name:os.x 1 | 1 | a value with the tag tag:yaml.org,2002:python/name:os.x has no meaning here",
                "a:\\n  [1]: 2           | 2 | a key must be a single value",
            })
    void whatIsNotTaken_isAProblemWithItsLine(String text, int line, String message) {
        ProblemList problems = new ProblemList("f.yaml");

        assertThat(YamlReader.read(text.replace("\\n", "\n"), problems)).isEmpty();
        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.text())
                .isEqualTo("f.yaml:" + line + ": " + message));
    }

    @Test
    void brokenSyntax_isAProblemWithItsLine() {
        ProblemList problems = new ProblemList("f.yaml");

        assertThat(YamlReader.read("a: 1\nb: %\n", problems)).isEmpty();
        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).startsWith("not YAML: ");
        });
    }

    @Test
    void deepNesting_isRefused() {
        ProblemList problems = new ProblemList("f.yaml");

        assertThat(YamlReader.read("[".repeat(101) + "]".repeat(101), problems)).isEmpty();
        assertThat(problems.all())
                .extracting(DefinitionProblem::message)
                .containsExactly("nested deeper than 100 levels");
    }

    private static YamlNode read(String text) {
        ProblemList problems = new ProblemList("f.yaml");
        YamlNode root = YamlReader.read(text, problems).orElse(null);
        assertThat(problems.all()).isEmpty();
        return root == null ? new YamlNode.Sequence(List.of(), 0) : root;
    }

    private static Object plain(YamlNode node) {
        Object plain = node.plain();
        return plain == null ? "null" : plain;
    }
}
