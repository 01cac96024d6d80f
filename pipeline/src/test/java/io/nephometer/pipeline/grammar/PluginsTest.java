// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTest {
    private final ProblemList problems = new ProblemList("f.yaml");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                              | a.b.c   | a",
                "{segment: 1, max_split: 1}                      | a.b.c   | b.c",
                "{segment: -1}                                   | a.b.c   | c",
                "{segment: 3}                                    | a.b.c   | ",
                "{separator: ', ', segment: 1}                   | \"a, b\" | b",
                "{separator: null, segment: 1}                   | \" a  b \" | b",
                "{separator: null, segment: 1, max_split: 1}     | \" a  b c\" | b c",
            })
    void split_takesOneSegment(String parameters, String text, @Nullable String expected) {
        FieldExpression field = compile("{fields: v, plugin: {name: split, parameters: " + parameters + "}}");

        assertThat(field.first(tree("{\"v\": " + Json.write(text) + "}"))).isEqualTo(expected);
    }

    @Test
    void split_givesOneValueForEachMatch() {
        FieldExpression field = compile("{fields: 'v[*]', plugin: split}");

        assertThat(field.all(tree("{\"v\": [\"a.b\", \"c\"]}"))).containsExactly("a", "c");
    }

    @Test
    void map_replacesValues_andHasADefault() {
        FieldExpression field = compile("""
                {fields: 'v[*]', plugin: {name: map, parameters: {
                  values: {active: 1, error: 2, 5: five}, default: 0, case_sensitive: false}}}""");

        assertThat(field.first(tree("{\"v\": [\"ACTIVE\"]}"))).isEqualTo(1L);
        assertThat(field.first(tree("{\"v\": [5.0]}"))).isEqualTo("five");
        assertThat(field.first(tree("{\"v\": [[1]]}"))).isEqualTo(0L);
        assertThat(field.first(tree("{\"v\": []}"))).isNull();
    }

    @Test
    void map_isCaseSensitiveAndGivesNothingForUnknownValues_unlessToldOtherwise() {
        FieldExpression field = compile("{fields: v, plugin: {name: map, parameters: {values: {active: 1}}}}");

        assertThat(field.first(tree("{\"v\": \"active\"}"))).isEqualTo(1L);
        assertThat(field.first(tree("{\"v\": \"ACTIVE\"}"))).isNull();
        assertThat(field.absence(tree("{\"v\": \"ACTIVE\"}"))).isEqualTo("the plugin map made nothing of [\"ACTIVE\"]");
    }

    @Test
    void map_withoutValues_isAnError() {
        fails("{fields: v, plugin: {name: map}}", Severity.ERROR, "k.plugin.parameters.values");
    }

    @Test
    void bitfield_comparesValuesAsPythonDoes() {
        FieldExpression field = compile("""
                {fields: [a, b], plugin: {name: bitfield, parameters: {initial_bitfield: 8, flags: [
                  {path: a, bit: 0, value: 1}, {path: b, bit: 70}]}}}""");

        assertThat(field.first(tree("{\"a\": true}"))).isEqualTo(9L);
        assertThat(field.first(tree("{\"a\": 2}"))).isEqualTo(8L);
        assertThat(String.valueOf(field.first(tree("{\"b\": 0}")))).isEqualTo("1180591620717411303432");
    }

    @Test
    void aFlagWithoutBit_loadsWithAWarning_andFailsForEveryNotification() {
        FieldExpression field = compile("{fields: a, plugin: {name: bitfield, parameters: {flags: [{path: a}]}}}");

        assertThat(problems.all()).singleElement().satisfies(problem -> assertThat(problem.severity())
                .isEqualTo(Severity.WARNING));
        assertThatExceptionOfType(FieldException.class).isThrownBy(() -> field.first(tree("{}")));
    }

    @Test
    void onlyPluginsWithAValueForEachMatch_canLookUp() {
        FieldExpression field = compile("{fields: 'v[*]', plugin: timedelta}");

        assertThatExceptionOfType(FieldException.class)
                .isThrownBy(() -> field.all(tree("{\"v\": [\"2026\", \"2027\"]}")))
                .withMessage("the plugin timedelta gives one value and cannot be used with lookup");
    }

    @Test
    void unknownPlugins_haveTheSeverityOfTheirDefinition() {
        fails("{fields: v, plugin: nope}", Severity.SKIPPED, "k.plugin");
        fails("{fields: v, plugin: {parameters: {}}}", Severity.SKIPPED, "k.plugin");
        fails("{fields: v, plugin: null}", Severity.ERROR, "k.plugin");
        fails("{fields: v, plugin: {name: split, parameters: [1]}}", Severity.ERROR, "k.plugin.parameters");
        fails(
                "{fields: v, plugin: {name: split, parameters: {segment: x}}}",
                Severity.ERROR,
                "k.plugin.parameters.segment");
    }

    private void fails(String yaml, Severity severity, String key) {
        ProblemList found = new ProblemList("f.yaml");
        YamlNode node = YamlReader.read(yaml, found).orElseThrow();

        assertThat(new FieldCompiler(found, Severity.SKIPPED).compile(node, "k"))
                .isNull();
        assertThat(found.all()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(severity);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.line()).isEqualTo(1);
        });
    }

    private FieldExpression compile(String yaml) {
        YamlNode node = YamlReader.read(yaml, problems).orElseThrow();
        FieldExpression field = new FieldCompiler(problems, Severity.SKIPPED).compile(node, "k");
        if (field == null) {
            throw new AssertionError(problems.all().toString());
        }
        return field;
    }

    private static Object tree(String json) {
        try {
            Object tree = Json.parse(json);
            return tree == null ? List.of() : tree;
        } catch (JsonException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
