// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes up expressions: mostly such that have a value, some that mix types. The same seed gives the same ones. */
final class ExpressionGenerator {
    private static final List<String> WORDS = List.of(
            "",
            "a",
            "ab",
            "a,b,c",
            " x  y ",
            "ACTIVE",
            "error",
            "12",
            "-7",
            "3.5",
            "k1=v1;k2=v2",
            "0x1f",
            "é",
            "😀a",
            "a:b:c",
            "1_000",
            "\\n",
            "it's",
            "a\\tb",
            "aXbXc",
            "  ",
            "nan",
            "TRUE");
    private static final List<String> FORMATS = List.of(
            "", ">8", "<6", "^7", "*>9", "05", "+", " ", ",", "_", "x", "X", "o", "b", "d", ".2f", "08.3f", "e", ".1e",
            "g", ".3g", "%", ".1%", ".3", "s", ".2s", "+.1f", ",.2f", "#x", "G", "n>4", "=+6", "F");

    private final Random random;
    private final Map<String, @Nullable Object> names = new LinkedHashMap<>();
    private int variables;

    ExpressionGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** Values for the names that the expressions use. */
    Map<String, @Nullable Object> names() {
        names.clear();
        names.put("n", pick(-3L, 0L, 1L, 2L, 7L, 10L, 255L, 1L << 40, Long.MAX_VALUE));
        names.put("f", pick(-2.5, -0.0, 0.0, 0.5, 1.0, 2.5, 1e-7, 3.14159, 123456.789, 1e16, 1e22));
        names.put("s", unescaped(pick(WORDS.toArray(String[]::new))));
        names.put(
                "l",
                IntStream.range(0, random.nextInt(5))
                        .mapToObj(_ -> (long) random.nextInt(-5, 20))
                        .toList());
        names.put(
                "w",
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> unescaped(pick(WORDS.toArray(String[]::new))))
                        .toList());
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", "r1");
        map.put("n", (long) random.nextInt(9));
        map.put("none", null);
        map.put("tags", List.of("x", "y"));
        names.put("d", map);
        names.put(
                "m", IntStream.range(0, random.nextInt(4)).mapToObj(this::entry).toList());
        names.put("z", null);
        return new LinkedHashMap<>(names);
    }

    private Map<String, Object> entry(int i) {
        return new LinkedHashMap<>(Map.of("n", (long) random.nextInt(-3, 9), "s", "v" + i, "up", random.nextBoolean()));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }

    String expression() {
        variables = 0;
        return any(4);
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    private String oneOf(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private String any(int depth) {
        return oneOf(() -> number(depth), () -> text(depth), () -> list(depth), () -> truth(depth), () -> map(depth));
    }

    /** What {@code wanted} makes, now and then of another type. */
    private String mixed(Supplier<String> wanted, int depth) {
        return random.nextInt(25) == 0 ? any(depth) : wanted.get();
    }

    private String n(int depth) {
        return mixed(() -> number(depth - 1), depth - 1);
    }

    private String t(int depth) {
        return mixed(() -> text(depth - 1), depth - 1);
    }

    private String l(int depth) {
        return mixed(() -> list(depth - 1), depth - 1);
    }

    private String number(int depth) {
        if (depth <= 0) {
            return pick(
                    "n", "f", "0", "1", "2", "-3", "10", "2.5", "0.1", "1e3", "1_000", "0x1F", "True", "len(l)",
                    "d['n']", ".5");
        }
        int d = depth;
        return oneOf(
                () -> "(" + n(d) + " " + pick("+", "-", "*", "/", "//", "%") + " " + n(d) + ")",
                () -> "(" + n(d) + " ** " + pick("2", "0", "1", "3") + ")",
                () -> "(" + n(d) + " % " + pick("3", "-3", "2.5", "-0.5", "7") + ")",
                () -> pick("-", "+", "- -") + n(d),
                () -> pick("int", "float", "abs", "round", "bool", "len") + "("
                        + oneOf(() -> n(d), () -> t(d), () -> l(d)) + ")",
                () -> "round(" + n(d) + ", " + pick("0", "1", "2", "-1", "ndigits=1") + ")",
                () -> "int(" + t(d) + ", " + pick("10", "16", "base=2", "36") + ")",
                () -> pick("sum", "min", "max", "len") + "(" + l(d) + ")",
                () -> pick("min", "max") + "(" + n(d) + ", " + n(d) + ")",
                () -> pick("min", "max") + "(" + l(d) + ", default=" + n(d) + pick(")", ", key=lambda v: -v)"),
                () -> "sum(" + l(d) + ", " + n(d) + ")",
                () -> "sum(x['n'] for x in m" + pick("", " if x['up']", " if x['n'] > " + n(0)) + ")",
                () -> l(d) + "[" + pick("0", "-1", "1", "n") + "]",
                () -> t(d) + pick(".count(", ".find(", ".rfind(", ".index(") + t(0) + ")",
                () -> l(d) + pick(".count(", ".index(") + n(0) + ")",
                () -> "(" + n(d) + " if " + truth(d - 1) + " else " + n(d) + ")",
                () -> "(" + n(d) + pick(" or ", " and ") + n(d) + ")",
                () -> map(d - 1) + ".get(" + t(0) + ", " + n(d) + ")",
                () -> "(lambda a, b: a " + pick("+", "*", "-") + " b)(" + n(d) + ", " + n(d) + ")");
    }

    private String quoted() {
        String word = pick(WORDS.toArray(String[]::new));
        return word.contains("'") || random.nextInt(5) == 0 ? '"' + word + '"' : "'" + word + "'";
    }

    private String text(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? quoted() : pick("s", "d['id']", "str(n)", "'x'");
        }
        int d = depth;
        return oneOf(
                this::quoted,
                () -> "(" + t(d) + " + " + t(d) + ")",
                () -> "(" + t(d) + " * " + pick("0", "2", "-1", "3") + ")",
                () -> t(d) + "." + pick("lower()", "upper()", "strip()", "lstrip()", "rstrip()"),
                () -> t(d) + "." + pick("strip", "lstrip", "rstrip", "removeprefix", "removesuffix") + "(" + t(0) + ")",
                () -> t(d) + ".replace(" + t(0) + ", " + t(0) + pick("", ", 1", ", 0", ", -1") + ")",
                () -> t(d) + ".zfill(" + pick("0", "5", "8") + ")",
                () -> t(d) + "[" + slice() + "]",
                () -> t(d) + "[" + pick("0", "-1", "2") + "]",
                () -> "str(" + any(d - 1) + ")",
                () -> quoted() + ".join("
                        + oneOf(() -> "w", () -> "map(str, " + l(d) + ")", () -> "[str(v) for v in " + l(d) + "]")
                        + ")",
                () -> "'{:" + pick(FORMATS.toArray(String[]::new)) + "}'.format(" + oneOf(() -> n(d), () -> t(d)) + ")",
                () -> "'" + pick("{}", "{0}/{0}", "{}{}", "{!r}", "{{{}}}", "{0!s:>6}") + "'.format(" + any(d - 1)
                        + ", " + n(0) + ")",
                () -> "f'" + pick("{", "a{", "{{x}}{") + shown(d) + pick("", "!r", "!s") + "}'",
                () -> "f'{" + shown(d) + ":" + pick(FORMATS.toArray(String[]::new)) + "}z'",
                () -> "'%" + pick("", "5", "-6", "05", "+", " ", ".2", "08.3")
                        + pick("d", "s", "f", "x", "e", "g", "r", "i", "o") + pick("", "%%") + "' % "
                        + oneOf(() -> "(" + n(d) + ",)", () -> "(" + t(d) + ",)"),
                () -> "'%s-%s' % (" + any(d - 1) + ", " + any(0) + ")",
                () -> "'%(n)d %(id)s' % d",
                () -> "(" + t(d) + " if " + truth(d - 1) + " else " + t(d) + ")",
                () -> "(" + t(d) + " or " + t(d) + ")",
                () -> t(d) + ".split(" + t(0) + ")[" + pick("0", "-1", "1") + "]",
                () -> t(d) + ".partition(" + t(0) + ")[" + pick("0", "2") + "]");
    }

    /** Without quotes of the kind around it. */
    private String shown(int depth) {
        String node = oneOf(() -> number(depth - 2), () -> text(0));
        return node.contains("'") || node.contains("\\") || node.contains("{") ? "n" : node;
    }

    private String slice() {
        return pick("1:", ":2", ":-1", "::2", "::-1", "1:3", "-2:", ":", "5:1:-2", "n:", ":100");
    }

    private String list(int depth) {
        if (depth <= 0) {
            return pick("l", "w", "[]", "[1, 2, 3]", "[n, f]", "['b', 'a']", "[x['n'] for x in m]");
        }
        int d = depth;
        String v = "v" + variables++;
        return oneOf(
                () -> "[" + n(d) + ", " + n(d) + "]",
                () -> "[" + any(d - 1) + ", " + any(d - 1) + ",]",
                () -> "(" + l(d) + " + " + l(d) + ")",
                () -> "(" + l(d) + " * " + pick("2", "0") + ")",
                () -> l(d) + "[" + slice() + "]",
                () -> t(d) + "." + pick("split", "rsplit") + "("
                        + pick("", "','", "' '", "'a'", "':', 1", "None, 1", "sep=','", "maxsplit=1") + ")",
                () -> t(d) + ".splitlines()",
                () -> "sorted(" + l(d) + pick("", ", reverse=True", ", key=str", ", key=lambda v: -v", ", key=len")
                        + ")",
                () -> "list("
                        + oneOf(
                                () -> l(d),
                                () -> t(d),
                                () -> map(d - 1),
                                () -> map(d - 1) + pick(".keys()", ".values()", ".items()"))
                        + ")",
                () -> "list(map(" + pick("str", "int", "float", "bool", "lambda v: v * 2", "str.strip", "len") + ", "
                        + l(d) + "))",
                () -> "list(filter(" + pick("None", "lambda v: v", "bool", "lambda v: v != 1") + ", " + l(d) + "))",
                () -> "list(zip(" + l(d) + ", " + l(d) + "))",
                () -> "[[i, x] for i, x in enumerate(" + l(d) + pick("", ", 1", ", start=5") + ")]",
                () -> "[" + pick("str(" + v + ")", v, v + " * 2", "[" + v + "]", v + " + 1") + " for " + v + " in "
                        + l(d) + pick("", " if " + v, " if " + v + " != 2 if " + v) + "]",
                () -> "[(str(a), str(b)) for a in " + l(d) + " for b in " + l(0) + " if a != b]",
                () -> "[x for x in m if x['n'] " + comparison() + " " + n(0) + "]",
                () -> "[x.get('s') for x in m]",
                () -> "(" + l(d) + " or " + l(d) + ")",
                () -> "(" + l(d) + " if isinstance(" + any(d - 1) + ", "
                        + pick("list", "str", "(int, float)", "dict", "bool") + ") else " + l(d) + ")",
                () -> "list((x for x in " + l(d) + "))");
    }

    private String comparison() {
        return pick("<", "<=", ">", ">=", "==", "!=");
    }

    private String truth(int depth) {
        if (depth <= 0) {
            return pick("True", "False", "(n > 1)", "(s == 'a')", "(not l)", "(z is None)", "('id' in d)");
        }
        int d = depth;
        return oneOf(
                () -> "(" + n(d) + " " + comparison() + " " + n(d) + ")",
                () -> "(" + n(d) + " " + comparison() + " " + n(0) + " " + comparison() + " " + n(d) + ")",
                () -> "(" + t(d) + " " + comparison() + " " + t(d) + ")",
                () -> "(" + l(d) + " " + comparison() + " " + l(d) + ")",
                () -> "(" + any(d - 1) + pick(" == ", " != ") + any(d - 1) + ")",
                () -> "(" + t(0) + pick(" in ", " not in ")
                        + oneOf(() -> t(d), () -> "d", () -> "w", () -> "('a', 'ab')") + ")",
                () -> "(" + n(0) + pick(" in ", " not in ") + l(d) + ")",
                () -> "(not " + any(d - 1) + ")",
                () -> "(" + truth(d - 1) + pick(" and ", " or ") + "not " + truth(d - 1) + ")",
                () -> "(" + any(d - 1) + pick(" is None", " is not None", " is True") + ")",
                () -> t(d) + pick(".startswith(", ".endswith(") + oneOf(() -> t(0), () -> "('a', 'x')") + ")",
                () -> t(d) + ".isdigit()",
                () -> pick("any", "all") + "(" + oneOf(() -> l(d), () -> "v > 1 for v in " + l(d)) + ")",
                () -> "bool(" + any(d - 1) + ")",
                () -> "isinstance(" + any(d - 1) + ", "
                        + pick("list", "str", "int", "float", "dict", "tuple", "(str, list)") + ")");
    }

    private String map(int depth) {
        if (depth <= 0) {
            return pick("d", "{}", "{'a': 1}", "{'k': n, 's': s}");
        }
        int d = depth;
        return oneOf(
                () -> "{" + t(0) + ": " + any(d - 1) + ", 'q': " + any(d - 1) + "}",
                () -> "dict(zip(" + l(d) + ", " + l(d) + "))",
                () -> "{x['s']: x['n'] for x in m}",
                () -> "{k: v for k, v in " + map(d - 1) + ".items() if v}",
                () -> "dict(" + map(d - 1) + pick("", ", a=1", ", id=None") + ")",
                () -> "dict(x.split('=') for x in s.split(';'))",
                () -> "(" + map(d - 1) + " or {'id': ''})");
    }

    /** Some expressions. */
    List<String> expressions(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(_ -> expression()).collect(Collectors.toList()));
    }
}
