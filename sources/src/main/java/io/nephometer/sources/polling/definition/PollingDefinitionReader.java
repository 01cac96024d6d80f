// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import io.nephometer.runtime.config.NearestKey;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import io.nephometer.runtime.yaml.YamlReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code polling.yaml}, accepting and refusing what Ceilometer does. Goes on after an error, to report them all. */
final class PollingDefinitionReader {
    private static final Set<String> KEYS =
            Set.of("name", "interval", "meters", "resources", "discovery", "group_id_coordination_expression");
    /** Collectors know sources by it. */
    private static final int MOST_NAME = 255;

    private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();

    private final String file;
    private final ProblemList problems;

    PollingDefinitionReader(String file) {
        this.file = file;
        this.problems = new ProblemList(file);
    }

    PollingDefinition read(String text) throws PollingDefinitionException {
        Optional<YamlNode> root = YamlReader.read(text, problems);
        List<PollingSource> sources = root.map(this::sources).orElse(List.of());
        if (problems.count(Severity.ERROR) > 0) {
            throw new PollingDefinitionException(problems.all());
        }
        return new PollingDefinition(file, sources, problems.all());
    }

    private List<PollingSource> sources(YamlNode root) {
        if (!(root instanceof Mapping map) || map.get("sources") == null) {
            error(root, "", "a polling definition is a map with the list sources");
            return List.of();
        }
        warnOfUnknown(map, "", Set.of("sources"));
        if (!(map.get("sources") instanceof Sequence list)) {
            error(map.entries().get("sources"), "sources", "must be a list of sources");
            return List.of();
        }
        List<PollingSource> sources = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String key = "sources[" + i + "]";
            if (list.items().get(i) instanceof Mapping source) {
                source(source, key).ifPresent(sources::add);
            } else {
                error(list.items().get(i), key, "must be a map with name, interval and meters");
            }
        }
        return sources;
    }

    private Optional<PollingSource> source(Mapping map, String key) {
        warnOfUnknown(map, key + ".", KEYS);
        int before = problems.count(Severity.ERROR);
        String name = name(map, key);
        Duration interval = interval(map, key + ".interval");
        List<MeterPattern> meters = meters(map, key + ".meters");
        List<String> resources = texts(map, "resources", key);
        List<String> discovery = texts(map, "discovery", key);
        String group =
                map.get("group_id_coordination_expression") instanceof Scalar(Object value, int _) && value != null
                        ? value.toString()
                        : null;
        if (problems.count(Severity.ERROR) > before) {
            return Optional.empty();
        }
        return Optional.of(new PollingSource(name, interval, meters, resources, discovery, group, map.line()));
    }

    private String name(Mapping map, String key) {
        if (map.get("name") instanceof Scalar(Object value, int _) && value != null) {
            String name = value.toString();
            if (name.isBlank() || name.length() > MOST_NAME || name.chars().anyMatch(Character::isISOControl)) {
                error(map.get("name"), key + ".name", "must be 1 to " + MOST_NAME + " characters, none of control");
            }
            return name;
        }
        error(orElse(map.get("name"), map), key + ".name", "each source needs a name");
        return "";
    }

    private Duration interval(Mapping map, String key) {
        YamlNode node = map.get("interval");
        BigInteger seconds = node instanceof Scalar(Object value, int _) ? whole(value) : null;
        if (seconds == null) {
            error(orElse(node, map), key, "each source needs an interval, a number of seconds");
        } else if (seconds.signum() <= 0 || seconds.compareTo(BigInteger.valueOf(MOST_SECONDS)) > 0) {
            error(orElse(node, map), key, "must be above 0 and at most " + MOST_SECONDS + " (seconds)");
        } else {
            return Duration.ofSeconds(seconds.longValueExact());
        }
        return Duration.ZERO;
    }

    /** What Python's {@code int()} makes of it: a fraction is cut, a text of digits is a number. */
    private static @Nullable BigInteger whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> BigInteger.valueOf(number);
            case BigInteger number -> number;
            case Double number when Double.isFinite(number) -> new BigDecimal(number).toBigInteger();
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case String text when text.strip().matches("[-+]?[0-9]{1,18}") -> new BigInteger(text.strip());
            case null, default -> null;
        };
    }

    private List<MeterPattern> meters(Mapping map, String key) {
        YamlNode node = map.get("meters");
        if (!(node instanceof Sequence list) || list.items().isEmpty()) {
            error(orElse(node, map), key, "each source needs a list of at least one meter");
            return List.of();
        }
        List<MeterPattern> patterns = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof Scalar(Object value, int line) && value instanceof String text && !text.isEmpty()) {
                patterns.add(new MeterPattern(text, line));
            } else {
                error(item, key, "a meter is a name or a pattern, and not empty");
            }
        }
        checkMixture(list, patterns, key);
        return patterns;
    }

    private void checkMixture(Sequence list, List<MeterPattern> patterns, String key) {
        boolean included = patterns.stream().anyMatch(MeterPattern::isInclusion);
        if (included && patterns.stream().anyMatch(MeterPattern::isExclusion)) {
            error(list, key, "meters are either included or excluded (!), not both in one source");
        }
        if (included && patterns.stream().anyMatch(pattern -> pattern.text().equals("*"))) {
            error(list, key, "* takes all meters; leave the others out");
        }
    }

    private List<String> texts(Mapping map, String name, String key) {
        YamlNode node = map.get(name);
        if (node == null || (node instanceof Scalar(Object value, int _) && value == null)) {
            return List.of();
        }
        if (!(node instanceof Sequence list)) {
            error(node, key + "." + name, "must be a list");
            return List.of();
        }
        return list.items().stream().map(item -> String.valueOf(item.plain())).toList();
    }

    private void warnOfUnknown(Mapping map, String prefix, Set<String> known) {
        map.entries().forEach((key, value) -> {
            if (!known.contains(key.toString())) {
                String nearest = NearestKey.of(key.toString(), known);
                problems.add(
                        Severity.WARNING,
                        value.line(),
                        prefix + key,
                        "is not known and has no effect" + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        });
    }

    private void error(@Nullable YamlNode node, String key, String message) {
        if (node == null) {
            problems.add(Severity.ERROR, 1, key, message);
        } else if (node instanceof Mapping) {
            problems.add(Severity.ERROR, node.line(), key, message);
        } else {
            problems.add(Severity.ERROR, node, key, message);
        }
    }

    private static YamlNode orElse(@Nullable YamlNode node, YamlNode other) {
        return node == null ? other : node;
    }
}
