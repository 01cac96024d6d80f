// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    private static final String TREE = """
            {
              "event_type": "compute.instance.update",
              "publisher_id": "compute.host1.example.com",
              "ctxt": {"project_id": "P", "user": null},
              "payload": {
                "host": "h", "nodename": "n", "state": "active", "s": "5", "n": 3, "f": 2.5, "t": true, "nul": null,
                "em": {}, "el": [], "a.b": "dotted", "with-dash": 7, "big": 9223372036854775807,
                "metrics": [
                  {"name": "cpu.percent", "value": 0.5, "source": "x"},
                  {"name": "cpu.freq", "value": 1200, "source": "y"},
                  {"name": "up", "value": "3"}
                ],
                "glance": [{"key": "image_id", "value": "i-1"}, {"key": "size", "value": 12}],
                "map": {"x": {"id": 1}, "y": {"id": 2}},
                "nested": [[1, 2], [3, [4, 5]]]
              }
            }
            """;

    private static @Nullable Object tree() throws JsonException {
        return Json.parse(TREE);
    }

    private static String find(String path) throws Exception {
        List<String> matches = new ArrayList<>();
        for (Match match : JsonPath.parse(path).find(tree())) {
            matches.add(match.path() + "=" + PythonText.repr(match.value()));
        }
        return String.join("; ", matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            emptyValue = "",
            quoteCharacter = '^',
            value = {
                // names
                "$.payload.host -> payload.host='h'",
                "payload.host -> payload.host='h'",
                "payload . host -> payload.host='h'",
                "payload.'a.b' -> payload.a.b='dotted'",
                "payload.[\"a.b\"] -> payload.a.b='dotted'",
                "payload.with-dash -> payload.with-dash=7",
                "payload.nul -> payload.nul=None",
                "payload.none -> ^^",
                "payload.host.none -> ^^",
                "payload.host,none,state -> payload.host='h'; payload.state='active'",
                "payload.map.* -> payload.map.x={'id': 1}; payload.map.y={'id': 2}",
                "payload.map.'*'.id -> payload.map.x.id=1; payload.map.y.id=2",
                "payload.el.* -> ^^",
                "$.payload.map.x.$.event_type -> event_type='compute.instance.update'",
                // lists
                "payload.metrics[0].name -> payload.metrics.[0].name='cpu.percent'",
                "payload.metrics[-1].name -> payload.metrics.[-1].name='up'",
                "payload.metrics[9] -> ^^",
                "payload.host[0] -> payload.host.[0]='h'",
                "payload.em[0] -> ^^",
                "payload.metrics.[*].value -> payload.metrics.[0].value=0.5; payload.metrics.[1].value=1200;"
                        + " payload.metrics.[2].value='3'",
                "payload.metrics[1:].name -> payload.metrics.[1].name='cpu.freq'; payload.metrics.[2].name='up'",
                "payload.metrics[:-2].name -> payload.metrics.[0].name='cpu.percent'",
                "payload.map.[*].x.id -> payload.map.[0].x.id=1",
                "payload.n[*] -> payload.n.[0]=3",
                "payload.nested[*][1] -> payload.nested.[0].[1]=2; payload.nested.[1].[1]=[4, 5]",
                // unions and precedence
                "(ctxt.project)|(ctxt.project_id) -> ctxt.project_id='P'",
                "(ctxt.user)|(ctxt.project_id) -> ctxt.user=None; ctxt.project_id='P'",
                "payload.host|payload.state -> ^^",
                "payload.(host|state) -> payload.host='h'; payload.state='active'",
                "payload.map.(x|y).id -> payload.map.x.id=1; payload.map.y.id=2",
                // descendants, parents, where
                "payload..id -> payload.map.x.id=1; payload.map.y.id=2",
                "payload.map.x.`parent`.y.id -> payload.map.y.id=2",
                "payload.map.x.`this`.id -> payload.map.x.id=1",
                "payload.(map.* where id) -> payload.map.x={'id': 1}; payload.map.y={'id': 2}",
                // filters
                "payload.metrics[?(@.name='cpu.percent')].value -> payload.metrics.[0].value=0.5",
                "payload.glance[?key=image_id].value -> payload.glance.[0].value='i-1'",
                "payload.metrics[?value > 1].name -> payload.metrics.[1].name='cpu.freq'; payload.metrics.[2].name='up'",
                "payload.metrics[?name ~ 'cpu.*' & source != x].name -> payload.metrics.[1].name='cpu.freq'",
                "payload.metrics[?(name = up) & (value >= 3)].value -> payload.metrics.[2].value='3'",
                "payload.metrics[?source].name -> payload.metrics.[0].name='cpu.percent';"
                        + " payload.metrics.[1].name='cpu.freq'",
                "payload.map[?id=1] -> ^^",
                // arithmetic
                "payload.metrics[?(@.name='cpu.percent')].value * 100 -> `this`=50.0",
                "$.payload.host + \"_\" + $.payload.nodename -> `this`='h_n'",
                "'prefix-' + $.payload.nodename -> `this`='prefix-n'",
                "$.payload.s * 2 -> `this`='55'",
                "$.payload.s + 1 -> ^^",
                "24 * 4 + 2 -> `this`=144",
                "24 - 4 - 2 -> `this`=22",
                "$.payload.n*2 -> `this`=6",
                "$.payload.big + 1 -> `this`=9223372036854775808",
                "$.payload.t + 1 -> `this`=2",
                "$.payload.n * $.payload.f -> `this`=7.5",
                "$.payload.map.*.id + $.payload.map.*.id -> `this`=2; `this`=4",
                "$.payload.map.*.id + $.payload.n -> ^^",
                "event_type + publisher_id -> `this`='event_typepublisher_id'",
                // named operations
                "publisher_id.`split(., 1, 1)` -> `this`='host1.example.com'",
                "publisher_id.`split(., 0, -1)` -> `this`='compute'",
                "publisher_id.`split(., 9, -1)` -> ^^",
                "payload.state.`sub(/^a/, A)` -> `this`='Active'",
                "payload.state.`sub(/x/, A)` -> ^^",
                "publisher_id.`split(., 0, 9999999999999999999999)` -> `this`='compute'",
                "payload.state.`sub(/act/, a)b)` -> `this`='a)bive'",
                "payload.state.`sub(/act/, a)b` -> `this`='aive'",
                "publisher_id.`split(., 0, -1)x` -> `this`='compute'",
                "payload.state.`sub(/act|/, x/, b)` -> `this`='bive'",
                "payload.state.`sub(/(.)(.)/, \\\\2\\\\1)` -> `this`='caitev'",
                "$.payload.state.`sub(/.*/, )` + 'auth.' + $.payload.state -> `this`='auth.active'",
                "payload.metrics.`len` -> `len`=3",
                "payload.host.`len` -> `len`=1",
                "payload.n.`len` -> ^^",
                "payload.map.`sorted` -> `this`=['x', 'y']",
                "payload.metrics[\\name].[*].name -> [0].name='up'; [1].name='cpu.percent'; [2].name='cpu.freq'",
                "$.payload.n -> payload.n=3",
            })
    void findsWhatTheLanguageSays(String path, String expected) throws Exception {
        assertThat(find(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.n[0]",
                "payload.f[*]",
                "payload.nul[*]",
                "payload.em[-1]",
                "payload.map[0]",
                "payload.el[-1]",
                "payload.n.`sub(/a/, b)`",
                "payload.host.`sorted`",
                "payload.nul.`sorted`",
                "payload.metrics[?value < x]",
                "payload.metrics[?value ~ 'x']",
                "payload.metrics[?name ~ '(']",
                "payload.(host & state)",
                "`parent`",
                "`sorted`",
            })
    void raisesWhereTheTreeDoesNotFit(String path) throws Exception {
        JsonPath parsed = JsonPath.parse(path);
        assertThatExceptionOfType(JsonPathEvaluationException.class).isThrownBy(() -> parsed.find(tree()));
        assertThatExceptionOfType(JsonPathEvaluationException.class).isThrownBy(() -> parsed.values(tree()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '^',
            value = {
                "^^ -> character 1: expected a name",
                "1 -> character 2: expected +, - or * after the number",
                "1.5 -> character 4: expected +, - or * after the number",
                "1 + 2.5 -> character 5: expected a path or a number of the same kind",
                "$payload -> character 2: expected a sign between two parts",
                "B/s -> character 2: expected a sign between two parts",
                "a / 2 -> character 3: expected a sign between two parts",
                "% -> character 1: unexpected character %",
                "a.#b -> character 3: unexpected character #",
                "trueish -> character 1: expected a name",
                "where -> character 1: expected a name",
                "a[0 -> character 4: expected :, found the end",
                "a[0:1:2] -> character 6: expected ], found \":\"",
                "(a -> character 3: expected ), found the end",
                ".a -> character 1: expected a name",
                "a. -> character 3: expected a name",
                "$.[?a=1] -> character 4: expected :",
                "a[?b=] -> character 6: expected a text, number, true or false",
                "a ! b -> character 3: expected != instead of !",
                "a && b -> character 4: expected a name",
                "'a -> character 3: expected ' to end what starts at character 1",
                "a.`nope` -> character 3: expected `this`",
                "a.`split(., 1)` -> character 3: expected `split(",
                "a.`split(.,1, 1)` -> character 3: expected `split(",
                "a.`split(::, 1, 1)` -> character 3: expected `split(",
                "a.`split(., x, 1)` -> character 3: expected `split(",
                "a.`split(., 1, -2)` -> character 3: expected `split(",
                "a.`split(., 1, 1` -> character 3: expected `split(",
                "a.`split(` -> character 3: expected `split(",
                "a.`sub(x/, y)` -> character 3: expected `sub(",
                "a.`sub(/x, y)` -> character 3: expected `sub(",
                "a.`sub(/x/, y` -> character 3: expected `sub(",
                "a.`sub(/, y)` -> character 3: expected `sub(",
                "a.`sub(/x/,y)` -> character 3: expected `sub(",
                "a.`sub(/(/, y)` -> character 3: regular expression",
            })
    void saysWhereATextIsNoPathAndWhatWasExpected(String path, String problem) {
        assertThatExceptionOfType(JsonPathSyntaxException.class)
                .isThrownBy(() -> JsonPath.parse(path))
                .withMessageContaining(problem)
                .withMessageStartingWith("path \"" + path + "\"");
    }

    @Test
    void refusesDeepNestingInsteadOfExhaustingTheStack() {
        assertThatExceptionOfType(JsonPathSyntaxException.class)
                .isThrownBy(() -> JsonPath.parse("(".repeat(100_000) + "a"))
                .withMessageContaining("nested more than 200 deep");
    }

    @Test
    void refusesRepetitionThatFillsTheMemory() throws Exception {
        JsonPath path = JsonPath.parse("$.payload.s * 1000000000");
        assertThatExceptionOfType(JsonPathEvaluationException.class).isThrownBy(() -> path.find(tree()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.payload.host", "(ctxt.user)|(ctxt.project_id)", "payload..id", "$", "@", "payload.none"})
    void valuesAreThoseOfTheMatches(String path) throws Exception {
        JsonPath parsed = JsonPath.parse(path);
        assertThat(parsed.values(tree()))
                .isEqualTo(parsed.find(tree()).stream().map(Match::value).toList());
    }

    @Test
    void rootAndThisAreTheTreeItself() throws Exception {
        assertThat(JsonPath.parse("$").find("x")).containsExactly(new Match("$", "x"));
        assertThat(JsonPath.parse("@").find("x")).containsExactly(new Match("`this`", "x"));
    }

    @Test
    void keepsTheTextItWasMadeFrom() throws Exception {
        assertThat(JsonPath.parse(" $.a | b ").text()).isEqualTo(" $.a | b ");
    }
}
