// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.grammar.BitfieldPlugin.Flag;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes plugins out of their names and parameters. */
final class PluginCompiler {
    private static final int MAX_BIT = 4_095;

    private final ProblemList problems;

    PluginCompiler(ProblemList problems) {
        this.problems = problems;
    }

    /**
     * The plugin that {@code node} names.
     *
     * @param severity of a plugin without a name, or with an unknown one
     * @return null if there is a problem, which is then in the list
     */
    @Nullable FieldPlugin compile(YamlNode node, String key, Severity severity) {
        return switch (node) {
            case Scalar(String name, int line) -> named(name, new Mapping(Map.of(), line), node, key, severity);
            case Mapping plugin -> {
                if (!(plugin.get("name") instanceof Scalar(String name, int ignored))) {
                    problems.add(severity, node, key, "a plugin needs a name");
                    yield null;
                }
                Mapping parameters = parameters(plugin, key);
                yield parameters == null ? null : named(name, parameters, node, key, severity);
            }
            default -> {
                problems.add(Severity.ERROR, node, key, "a plugin is a name, or a map of name and parameters");
                yield null;
            }
        };
    }

    private @Nullable Mapping parameters(Mapping plugin, String key) {
        YamlNode parameters = plugin.get("parameters");
        if (parameters == null || parameters.plain() == null) {
            return new Mapping(Map.of(), plugin.line());
        }
        if (parameters instanceof Mapping mapping) {
            return mapping;
        }
        problems.add(Severity.ERROR, parameters, key + ".parameters", "expected a map");
        return null;
    }

    private @Nullable FieldPlugin named(String name, Mapping parameters, YamlNode node, String key, Severity severity) {
        return switch (name) {
            case SplitPlugin.NAME -> split(parameters, key);
            case BitfieldPlugin.NAME -> bitfield(parameters, key);
            case TimedeltaPlugin.NAME -> new TimedeltaPlugin();
            case MapPlugin.NAME -> map(parameters, key);
            default -> {
                problems.add(severity, node, key, "no such plugin; there are split, bitfield, timedelta and map");
                yield null;
            }
        };
    }

    private @Nullable FieldPlugin split(Mapping parameters, String key) {
        Object segment = plain(parameters, "segment", 0L);
        if (!(segment instanceof Long) && !(segment instanceof Boolean)) {
            problems.add(Severity.ERROR, parameters, key + ".parameters.segment", "expected an integer");
            return null;
        }
        Object separator = plain(parameters, "separator", ".");
        if (separator != null && (!(separator instanceof String text) || text.isEmpty())) {
            return useless(SplitPlugin.NAME, parameters, key, "the separator must be a text that is not empty", false);
        }
        Object maxSplit = plain(parameters, "max_split", -1L);
        if (maxSplit != null && !(maxSplit instanceof Long) && !(maxSplit instanceof Boolean)) {
            return useless(SplitPlugin.NAME, parameters, key, "max_split must be an integer or null", false);
        }
        return new SplitPlugin(
                separator == null ? null : SplitPlugin.literally((String) separator),
                number(segment).longValue(),
                Math.clamp(maxSplit == null ? -1L : number(maxSplit).longValue(), -1, Integer.MAX_VALUE - 1));
    }

    private FieldPlugin bitfield(Mapping parameters, String key) {
        Object initial = plain(parameters, "initial_bitfield", 0L);
        if (!(initial instanceof Long) && !(initial instanceof BigInteger) && !(initial instanceof Boolean)) {
            return useless(BitfieldPlugin.NAME, parameters, key, "initial_bitfield must be an integer", true);
        }
        List<Flag> flags = new ArrayList<>();
        YamlNode list = parameters.get("flags");
        if (list instanceof Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                Optional<Flag> flag = item instanceof Mapping mapping ? flag(mapping) : Optional.empty();
                if (flag.isEmpty()) {
                    return useless(
                            BitfieldPlugin.NAME,
                            item,
                            key + ".parameters.flags",
                            "a flag needs a path and a bit from 0 to " + MAX_BIT,
                            true);
                }
                flags.add(flag.get());
            }
        } else if (list != null && list.plain() != null) {
            return useless(BitfieldPlugin.NAME, list, key + ".parameters.flags", "expected a list of flags", true);
        }
        return new BitfieldPlugin(number(initial), flags);
    }

    private static Optional<Flag> flag(Mapping flag) {
        YamlNode path = flag.get("path");
        Optional<BigInteger> bit = PlainNumber.integer(plain(flag, "bit", null))
                .filter(number -> number.signum() >= 0 && number.compareTo(BigInteger.valueOf(MAX_BIT)) <= 0);
        if (path == null || bit.isEmpty()) {
            return Optional.empty();
        }
        YamlNode value = flag.get("value");
        Object expected = value == null ? null : PlainValue.canonical(value.plain());
        return Optional.of(new Flag(String.valueOf(path.plain()), bit.get().intValueExact(), value == null, expected));
    }

    private @Nullable FieldPlugin map(Mapping parameters, String key) {
        if (!(parameters.get("values") instanceof Mapping values)
                || values.entries().isEmpty()) {
            problems.add(
                    Severity.ERROR, parameters, key + ".parameters.values", "expected a map with at least one entry");
            return null;
        }
        Map<Object, @Nullable Object> table = new HashMap<>();
        values.entries().forEach((value, replacement) -> table.put(value, replacement.plain()));
        YamlNode sensitive = parameters.get("case_sensitive");
        return new MapPlugin(table, plain(parameters, "default", null), sensitive == null || !sensitive.isFalsy());
    }

    private UselessPlugin useless(String name, YamlNode node, String key, String fault, boolean evenWithoutMatch) {
        problems.add(
                Severity.WARNING,
                node,
                key,
                fault + "; as it is, every notification that this definition matches goes to recovery");
        return new UselessPlugin(name, fault, evenWithoutMatch);
    }

    private static @Nullable Object plain(Mapping parameters, String name, @Nullable Object absent) {
        YamlNode node = parameters.get(name);
        return node == null ? absent : node.plain();
    }

    private static BigInteger number(@Nullable Object integer) {
        return PlainNumber.integer(integer).orElseThrow();
    }
}
