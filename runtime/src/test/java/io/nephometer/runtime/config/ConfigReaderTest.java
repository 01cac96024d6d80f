// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    enum Colour {
        RED,
        LIGHT_BLUE
    }

    record Inner(
            @Default("5s") @Between(min = "1ms", max = "1h") Duration pause,
            @Default("64MiB") ByteSize size,
            @Default("3") @Between(min = "1", max = "9") int count) {
        Inner {
            if (count == 7) {
                throw new InvalidSetting("count", "seven is taken");
            }
        }
    }

    record Item(
            String name,
            @Default("1.5") double weight,
            @Nullable Secret password) {}

    record Outer(
            @Default("red") Colour colour,
            Inner inner,
            @Nullable Inner maybe,
            @Default("[]") List<Item> items,
            @Default("[a, b]") List<String> words,
            @Default("{}") Map<String, Duration> limits,
            @Default("true") boolean wanted,
            @Nullable Path directory,
            @Default("http://localhost:80/") URI target,
            @Default("sqlite:x") ConnectionUrl store) {}

    @Test
    void anEmptyFileGivesTheDefaults() throws ConfigException {
        assertThat(read("")).isEqualTo(read("# nothing\n")).isEqualTo(defaults());
    }

    @Test
    void everyTypeIsRead() throws ConfigException {
        Outer outer = read("""
                colour: light-blue
                inner: {pause: PT0.3S, size: 2GiB, count: 9}
                maybe: {count: 2}
                items:
                  - name: one
                    password: word
                  - {name: two, weight: 2}
                words: [x]
                limits: {short: 300ms, long: 1h30m}
                wanted: no
                directory: /tmp
                target: https://example.org/a
                store: postgresql://me:word@db/name
                """);
        assertThat(outer)
                .isEqualTo(new Outer(
                        Colour.LIGHT_BLUE,
                        new Inner(Duration.ofMillis(300), new ByteSize(2L << 30), 9),
                        new Inner(Duration.ofSeconds(5), new ByteSize(64 << 20), 2),
                        List.of(new Item("one", 1.5, new Secret("word")), new Item("two", 2, null)),
                        List.of("x"),
                        Map.of("short", Duration.ofMillis(300), "long", Duration.ofMinutes(90)),
                        false,
                        Path.of("/tmp"),
                        URI.create("https://example.org/a"),
                        new ConnectionUrl("postgresql://me:word@db/name")));
    }

    @Test
    void allProblemsAreReportedTogetherWithTheirLines() {
        assertThat(problems("""
                        color: red
                        inner:
                          pause: 5
                          size: 10
                          count: 10
                        items:
                          - weight: heavy
                        words: x
                        limits: [1]
                        wanted: perhaps
                        target: here
                        wholly_other: 1
                        """))
                .containsExactly(
                        "f:1: color: there is no such key; did you mean colour?",
                        "f:3: inner.pause: 5: expected a duration with its unit, such as 300ms, 5s, 1h30m, 7d or PT5S",
                        "f:4: inner.size: 10: expected a size with its unit, such as 64MiB, 2GiB, 512kB or 100B",
                        "f:5: inner.count: 10: expected a whole number, 1 to 9",
                        "f:7: items[0].name: this key is required: a text",
                        "f:7: items[0].weight: heavy: expected a number",
                        "f:8: words: expected a list, each item a text, found a single value",
                        "f:9: limits: expected a map, each value a duration with its unit, such as 300ms, 5s, 1h30m, 7d or"
                                + " PT5S, found a list",
                        "f:10: wanted: perhaps: expected true or false",
                        "f:11: target: here: expected a URL such as http://host:port/",
                        "f:12: wholly_other: there is no such key; known here: colour, inner, maybe, items, words, limits,"
                                + " wanted, directory, target, store");
    }

    @Test
    void theCheckOfARecordIsReportedAtItsKey() {
        assertThat(problems("inner:\n  size: 1B\n  count: 7\n")).containsExactly("f:3: inner.count: 7: seven is taken");
    }

    record Whole(Outer outer) {
        Whole {
            if (outer.inner().count() == 8) {
                throw new InvalidSetting("outer.inner.count", "eight does not go with it");
            }
            if (outer.inner().count() == 6) {
                throw new InvalidSetting("outer.inner.pause", "six needs one");
            }
        }
    }

    @Test
    void theCheckOfTheWholeIsReportedAtTheKeyBelow_orAtTheNearestSection() {
        assertThat(problems("outer:\n  inner:\n    size: 1B\n    count: 8\n", Whole.class))
                .containsExactly("f:4: outer.inner.count: 8: eight does not go with it");
        assertThat(problems("\nouter:\n  inner: {count: 6}\n", Whole.class))
                .containsExactly("f:3: outer.inner.pause: six needs one");
    }

    @Test
    void aDoubledKeyIsAnError() {
        assertThat(problems("colour: red\ncolour: red\n"))
                .containsExactly("f:2: colour: this key is there twice in one section; keep one of them");
    }

    @Test
    void brokenYamlIsAProblemWithItsLine() {
        assertThat(problems("colour: red\n  inner: [\n"))
                .singleElement()
                .asString()
                .startsWith("f:2: not YAML: ");
        assertThat(problems("- a\n")).containsExactly("f:1: expected a section of keys at the top, found a list");
    }

    @Test
    void anchorsAndMergeKeysWork() throws ConfigException {
        Outer outer = read("inner: &i {count: 2, size: 1B}\nmaybe: {<<: *i, count: 3}\n");
        assertThat(outer.maybe()).isEqualTo(new Inner(Duration.ofSeconds(5), new ByteSize(1), 3));
    }

    @Test
    void anAnchorInsideItselfIsRefused() {
        assertThat(problems("limits: &a {x: *a}\n")).contains("f:1: an anchor must not contain an alias of itself");
    }

    @Test
    void variablesArePutIn() throws ConfigException, java.io.IOException {
        ConfigReader reader = new ConfigReader("T", Map.of("WORD", "hidden", "DIR", "/d"));
        String yaml = """
                items: [{name: "${NONE:-n}", password: "${WORD}"}]
                directory: ${DIR}/$${DIR}
                """;
        Outer outer = reader.read(yaml, "f", Outer.class).value();
        assertThat(outer.items()).containsExactly(new Item("n", 1.5, new Secret("hidden")));
        assertThat(outer.directory()).isEqualTo(Path.of("/d/${DIR}"));
        assertThat(problems("directory: ${NONE}/x\n"))
                .containsExactly("f:1: the environment has no variable NONE; set it, or write ${NONE:-otherwise}");
    }

    @Test
    void aSecretMayComeFromAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("word"), "hidden\n", StandardCharsets.UTF_8);
        assertThat(read("items: [{name: n, password: 'file:" + file + "'}]").items())
                .containsExactly(new Item("n", 1.5, new Secret("hidden")));
        assertThat(problems("items: [{name: n, password: 'file:/none/such'}]"))
                .singleElement()
                .asString()
                .startsWith("f:1: items[0].password: file:/none/such: the file of a secret must be readable");
    }

    @Test
    void variablesOfTheEnvironmentStandAboveTheFile() throws ConfigException {
        ConfigReader reader = new ConfigReader(
                "T",
                Map.of(
                        "T_INNER_COUNT",
                        "4",
                        "T_MAYBE_SIZE",
                        "1kB",
                        "T_WORDS",
                        "p,q",
                        "T_LIMITS",
                        "{a: 1s}",
                        "T_INNER",
                        ""));
        Loaded<Outer> loaded = reader.read("inner: {count: 2, size: 5B}", "f", Outer.class);
        assertThat(loaded.value().inner()).isEqualTo(new Inner(Duration.ofSeconds(5), new ByteSize(5), 4));
        assertThat(loaded.value().maybe()).isEqualTo(new Inner(Duration.ofSeconds(5), new ByteSize(1000), 3));
        assertThat(loaded.value().words()).containsExactly("p", "q");
        assertThat(loaded.value().limits()).containsEntry("a", Duration.ofSeconds(1));
    }

    @Test
    void aWrongOrUnknownVariableIsNamed() throws ConfigException {
        ConfigException thrown =
                catchThrowableOfType(ConfigException.class, () -> new ConfigReader("T", Map.of("T_INNER_COUNT", "x"))
                        .read("", "f", Outer.class));
        assertThat(thrown.problems())
                .extracting(Problem::toString)
                .containsExactly("environment T_INNER_COUNT: inner.count: x: expected a whole number");
        assertThat(new ConfigReader("T", Map.of("T_NONE", "x", "TEA", "y"))
                        .read("", "f", Outer.class)
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly("environment T_NONE: this variable names no setting and is ignored");
    }

    @Test
    void theEffectiveValuesReadBackAsTheSameAndHideSecrets() throws ConfigException {
        String yaml = "items: [{name: 'a: b', password: word}]\nmaybe: {}\nstore: postgresql://me:word@db/x\n";
        Loaded<Outer> loaded = new ConfigReader("T", Map.of()).read(yaml, "f", Outer.class);
        String effective = loaded.effective();
        assertThat(effective).doesNotContain(": word", ":word@").contains("  # f:1", "  # default");
        String unmasked = effective.replace("\"***\"", "word").replace("me:***@", "me:word@");
        assertThat(read(unmasked)).isEqualTo(loaded.value());
    }

    @Test
    void theTextOfASecretIsNeverInAProblem() {
        assertThat(problems("items: [{name: n, password: [word]}]\nstore: 'p//me:word@db'"))
                .hasSize(2)
                .noneMatch(problem -> problem.contains("word@") || problem.contains("[word"));
    }

    @Test
    void aMissingFileIsAProblem() {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> new ConfigReader("T", Map.of())
                .read(Path.of("/none/such.yaml"), Outer.class));
        assertThat(thrown).hasMessage("/none/such.yaml: there is no such file");
    }

    private static Outer defaults() {
        return new Outer(
                Colour.RED,
                new Inner(Duration.ofSeconds(5), new ByteSize(64 << 20), 3),
                null,
                List.of(),
                List.of("a", "b"),
                Map.of(),
                true,
                null,
                URI.create("http://localhost:80/"),
                new ConnectionUrl("sqlite:x"));
    }

    private static Outer read(String yaml) throws ConfigException {
        return new ConfigReader("T", Map.of()).read(yaml, "f", Outer.class).value();
    }

    private static List<String> problems(String yaml) {
        return problems(yaml, Outer.class);
    }

    private static List<String> problems(String yaml, Class<? extends Record> type) {
        return catchThrowableOfType(ConfigException.class, () -> new ConfigReader("T", Map.of()).read(yaml, "f", type))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
