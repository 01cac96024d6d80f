// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes up paths and trees of the kind that occur in definition files, and of the kind that should not. */
final class PathGenerator {
    private static final List<String> NAMES =
            List.of("a", "b", "c", "k", "v", "name", "_x", "a-b", "'a.b'", "\"k\"", "'*'");
    private static final List<String> KEYS = List.of("a", "b", "c", "k", "v", "name", "_x", "a-b", "a.b", "*", "ü");
    /** Texts that occur in trees. */
    static final List<String> TEXTS = List.of(
            "",
            "x",
            "y",
            "5",
            " 7 ",
            "1_000",
            "-3",
            "10.5",
            "a.b.c",
            "host-1.example.com",
            "success",
            "Ärger",
            "it's",
            "q\"'x",
            "l1\nl2\t\\",
            "\u200b\u00ad\u00a0",
            "😀z",
            "١٢",
            "True",
            "image:update",
            "aXbXc");

    private static final List<String> TOKENS = List.of(
            "a",
            "b",
            "$",
            "@",
            "*",
            ".",
            "..",
            "[",
            "]",
            "(",
            ")",
            "|",
            "&",
            ",",
            ":",
            "?",
            "+",
            "-",
            "*",
            "/",
            "\\",
            "=",
            "==",
            "!=",
            "<=",
            ">",
            "~",
            "!",
            "1",
            "-1",
            "2.5",
            "'x'",
            "\"",
            "`len`",
            "`this`",
            "`nope`",
            "where",
            "true",
            "falsey",
            " ",
            "\n",
            "\r",
            "#",
            "@a",
            "a@b",
            "9a",
            "é",
            "%",
            "`sub(/a/, b)`",
            "`split(., 0, 1)`",
            "{");
    private static final List<String> OPERATIONS = List.of(
            "`this`",
            "`parent`",
            "`len`",
            "`sorted`",
            "`split(., 0, -1)`",
            "`split(., 1, 1)`",
            "`split(-, 1, -1)`",
            "`split(., 2, 9)`",
            "`split(X, 0, 0)`",
            "`split( , 1,  -1)`",
            "`sub(/e/, E)`",
            "`sub(/^(.)(.*)$/, \\\\2-\\\\1)`",
            "`sub(/.*/, )`",
            "`sub(/[.:]/, _)`",
            "`sub(/x*/, -)`",
            "`sub(/(?P<n>\\\\w+)\\\\.(\\\\d|b)/, \\\\g<n>$1)`",
            "`sub(/\\w/, w)`",
            "`sub(/(?i)S{,1}/, z)`",
            "`sub(/$/, !)`",
            "`sub(/a|(b)/, [\\\\1])`",
            "`sub(/\\\\s+/,  )`",
            "`sub(/./, \\\\n)`");
    private static final List<String> CONSTANTS = List.of(
            "x",
            "'x'",
            "5",
            "-3",
            "1",
            "0",
            "2.5",
            "1.0",
            "true",
            "false",
            "'5'",
            "success",
            "'a.b.c'",
            "Yes",
            "'[a-z]+$'",
            "'.*\\\\.b'",
            "1000",
            "'('");

    private final Random random;

    PathGenerator(long seed) {
        this.random = new Random(seed);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private String oneOf(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    /** A path; mostly one that finds something in the tree, now and then only something like a path. */
    String path(Map<String, @Nullable Object> tree) {
        return switch (random.nextInt(12)) {
            case 0 -> soup();
            case 1 -> damaged(expression(3));
            case 2 -> damaged(walk(tree));
            case 3 -> "$." + expression(3);
            case 4 -> expression(3);
            case 5 -> "(" + walk(tree) + ")|(" + walk(tree) + ")";
            case 6 -> walk(tree) + sign() + walk(tree);
            case 7 -> walk(tree) + sign() + number();
            case 8 -> "'é-'" + sign() + walk(tree) + sign() + walk(tree);
            default -> walk(tree);
        };
    }

    /** A path that follows the tree down for some steps. */
    private String walk(Map<String, @Nullable Object> tree) {
        StringBuilder path = new StringBuilder(pick(List.of("$.", "", "$.@.")));
        Object value = tree;
        String separator = "";
        for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
            switch (value) {
                case Map<?, ?> map
                when !map.isEmpty() -> {
                    Object key = List.copyOf(map.keySet()).get(random.nextInt(map.size()));
                    path.append(separator).append(random.nextInt(8) == 0 ? "*" : quoted(String.valueOf(key)));
                    value = map.get(key);
                }
                case List<?> list
                when !list.isEmpty() -> {
                    path.append(inList(list));
                    value = list.get(random.nextInt(list.size()));
                }
                case null, default -> steps = 0;
            }
            separator = random.nextInt(10) == 0 ? ".." : ".";
        }
        return path + (random.nextInt(3) == 0 && !path.isEmpty() ? "." + pick(OPERATIONS) : "");
    }

    private static String quoted(String key) {
        return key.matches("[a-z_-]+") ? key : "'" + key + "'";
    }

    private String inList(List<?> list) {
        return switch (random.nextInt(8)) {
            case 0 -> "[" + random.nextInt(list.size()) + "]";
            case 1 -> brackets(0);
            case 2 -> brackets(1);
            case 3 -> "[?" + pick(NAMES) + pick(List.of("=", "!=", ">", "<", " ~ ")) + pick(CONSTANTS) + "]";
            case 4 -> "[" + pick(List.of("/", "\\")) + pick(NAMES) + "][*]";
            case 5 -> "[?(@." + pick(NAMES) + ")]";
            default -> ".[*]";
        };
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(pick(TOKENS));
        }
        return text.toString();
    }

    private String damaged(String path) {
        int at = random.nextInt(path.length() + 1);
        return random.nextBoolean() || at == path.length()
                ? path.substring(0, at) + pick(TOKENS) + path.substring(at)
                : path.substring(0, at) + path.substring(at + 1);
    }

    private String blank() {
        return random.nextInt(4) == 0 ? " " : "";
    }

    private String expression(int depth) {
        if (depth == 0) {
            return oneOf(() -> pick(NAMES), () -> pick(NAMES), () -> pick(NAMES), () -> "*", () -> "$", () -> "@");
        }
        Supplier<String> inner = () -> expression(depth - 1);
        Supplier<String> child = () -> inner.get() + blank() + "." + blank() + inner.get();
        return oneOf(
                child,
                child,
                child,
                child,
                inner,
                () -> inner.get() + brackets(depth),
                () -> inner.get() + brackets(depth),
                () -> inner.get() + "." + brackets(0) + "." + inner.get(),
                () -> inner.get() + "." + pick(OPERATIONS),
                () -> inner.get() + ".." + inner.get(),
                () -> inner.get() + blank() + "|" + blank() + inner.get(),
                () -> "(" + inner.get() + ")|(" + inner.get() + ")",
                () -> "(" + inner.get() + ")." + inner.get(),
                () -> inner.get() + " where " + inner.get(),
                () -> inner.get() + "," + inner.get(),
                () -> inner.get() + sign() + inner.get(),
                () -> inner.get() + sign() + number(),
                () -> number() + sign() + inner.get());
    }

    private String sign() {
        return pick(List.of(" + ", " * ", " - ", " + ", " * ", " - ", "*", "+", " / "));
    }

    private String number() {
        return pick(List.of("1", "2", "100", "0", "-1", "0.5", "1.5", "3.0", "12345678901234567890"));
    }

    private String brackets(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return pick(List.of(
                    "[0]", "[1]", "[-1]", "[-3]", "[*]", "[*]", "[*]", "[1:]", "[:1]", "[-2:]", "[:]", "[0:0]",
                    "[1:-1]", "['k']", "[a,b]"));
        }
        return oneOf(
                () -> "[?" + conditions(depth - 1) + "]",
                () -> "[?(" + conditions(depth - 1) + ")]",
                () -> "[" + pick(List.of("/", "\\")) + expression(0) + "]",
                () -> "[" + pick(List.of("/", "\\")) + expression(0) + pick(List.of(",/", ", \\"))
                        + expression(depth - 1) + "]");
    }

    private String conditions(int depth) {
        return oneOf(
                () -> condition(depth),
                () -> condition(depth),
                () -> condition(depth) + blank() + "&" + blank() + condition(depth),
                () -> "(" + condition(depth) + ") & (" + condition(depth) + ")");
    }

    private String condition(int depth) {
        String target = oneOf(() -> pick(NAMES), () -> "@." + pick(NAMES), () -> "@", () -> expression(depth));
        if (random.nextInt(4) == 0) {
            return target;
        }
        return target + blank() + pick(List.of("=", "==", "!=", "<", "<=", ">", ">=", "~")) + blank() + pick(CONSTANTS);
    }

    /** A map with maps and lists in it. */
    Map<String, @Nullable Object> tree() {
        return map(4);
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(7) + (depth == 4 ? 2 : 0); i > 0; i--) {
            map.put(pick(KEYS), value(depth - 1));
        }
        return map;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        int kind = random.nextInt(4);
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(
                    switch (kind) {
                        case 0 -> map(depth - 1);
                        case 1 -> (long) random.nextInt(5);
                        case 2 -> pick(TEXTS);
                        default -> value(depth - 1);
                    });
        }
        return list;
    }

    private @Nullable Object value(int depth) {
        int kind = random.nextInt(depth > 0 ? 12 : 6);
        return switch (kind) {
            case 0 -> pick(List.<Object>of(true, false, 0L, 1L, 2L, 5L, -3L, 100L, Long.MAX_VALUE));
            case 1 -> fraction();
            case 2, 3 -> pick(TEXTS);
            case 4 -> pick(List.<Object>of("x", BigInteger.TWO.pow(70), new LinkedHashMap<>(), new ArrayList<>()));
            case 5 -> null;
            case 6, 7, 8 -> list(depth);
            default -> map(depth);
        };
    }

    private double fraction() {
        if (random.nextBoolean()) {
            return pick(List.of(0.5, 2.0, 2.5, 1e-5, 1e16, 1.5e22, -0.0, 123456.789, Double.MIN_VALUE, 0.1, 1e100));
        }
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(any) ? any : 1e15;
    }
}
