// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML text into {@link ConfigNode}s: anchors and merge keys resolved, variables put in, doubled keys refused. */
final class YamlTree {
    private final String source;
    private final Function<String, @Nullable String> environment;
    private final List<Problem> problems;
    private final IdentityHashMap<Node, ConfigNode> known = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();

    private YamlTree(String source, Function<String, @Nullable String> environment, List<Problem> problems) {
        this.source = source;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param source the name of the file, for problems
     * @param environment the value of a variable, or null
     * @param problems takes what is wrong; then null is returned, or a tree without the wrong parts
     */
    static @Nullable ConfigNode read(
            String text, String source, Function<String, @Nullable String> environment, List<Problem> problems) {
        return read(text, source, environment, problems, Set.of());
    }

    /** As above, without the keys at the top that are in {@code passedOver}: nothing in them is looked at. */
    static @Nullable ConfigNode read(
            String text,
            String source,
            Function<String, @Nullable String> environment,
            List<Problem> problems,
            Set<String> passedOver) {
        try {
            Node root = without(passedOver, new Yaml(new LoaderOptions()).compose(new StringReader(text)));
            YamlTree tree = new YamlTree(source, environment, problems);
            return root == null ? ConfigNode.Keys.empty(new Origin(source, 1)) : tree.convert(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            int line = mark == null ? 0 : mark.getLine() + 1;
            problems.add(new Problem(new Origin(source, line), "", "", "not YAML: " + e.getProblem()));
            return null;
        } catch (YAMLException e) {
            problems.add(new Problem(new Origin(source, 0), "", "", "not YAML: " + e.getMessage()));
            return null;
        }
    }

    private static @Nullable Node without(Set<String> passedOver, @Nullable Node root) {
        if (root instanceof MappingNode mapping) {
            mapping.setValue(mapping.getValue().stream()
                    .filter(tuple ->
                            !(tuple.getKeyNode() instanceof ScalarNode key) || !passedOver.contains(key.getValue()))
                    .toList());
        }
        return root;
    }

    private ConfigNode convert(Node node) {
        ConfigNode done = known.get(node);
        if (done != null) {
            return done;
        }
        Origin origin = origin(node);
        if (open.put(node, true) != null) {
            problems.add(new Problem(origin, "", "", "an anchor must not contain an alias of itself"));
            return new ConfigNode.Scalar(null, origin);
        }
        ConfigNode converted =
                switch (node) {
                    case ScalarNode scalar -> scalar(scalar, origin);
                    case SequenceNode sequence ->
                        new ConfigNode.Items(
                                sequence.getValue().stream().map(this::convert).toList(), origin);
                    case MappingNode mapping -> new ConfigNode.Keys(entries(mapping), origin);
                    default -> throw new IllegalStateException("unresolved " + node.getNodeId());
                };
        open.remove(node);
        known.put(node, converted);
        return converted;
    }

    private ConfigNode.Scalar scalar(ScalarNode node, Origin origin) {
        if (Tag.NULL.equals(node.getTag())) {
            return new ConfigNode.Scalar(null, origin);
        }
        return new ConfigNode.Scalar(
                Variables.replace(
                        node.getValue(), environment, text -> problems.add(new Problem(origin, "", "", text))),
                origin);
    }

    private Map<String, ConfigNode> entries(MappingNode mapping) {
        Map<String, ConfigNode> own = new LinkedHashMap<>();
        List<ConfigNode> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                merged.add(convert(tuple.getValueNode()));
            } else if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(origin(tuple.getKeyNode()), "", "", "a key must be a single word"));
            } else if (own.containsKey(key.getValue())) {
                problems.add(new Problem(
                        origin(key), key.getValue(), "", "this key is there twice in one section; keep one of them"));
            } else {
                own.put(key.getValue(), convert(tuple.getValueNode()));
            }
        }
        merged.forEach(from -> merge(from, own));
        return own;
    }

    /** What is written in the section itself wins over what it merges; of several merged ones, the first wins. */
    private void merge(ConfigNode from, Map<String, ConfigNode> own) {
        switch (from) {
            case ConfigNode.Keys keys -> keys.entries().forEach(own::putIfAbsent);
            case ConfigNode.Items items -> items.items().forEach(item -> merge(item, own));
            case ConfigNode.Scalar scalar ->
                problems.add(new Problem(scalar.origin(), "<<", "", "only sections can be merged"));
        }
    }

    private Origin origin(Node node) {
        return new Origin(
                source, node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1);
    }
}
