// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.runtime.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML 1.1 document with the meaning that PyYAML gives it, keeping line numbers. SnakeYAML only splits the text into
 * events: its own typing of scalars differs (it takes {@code 1e3} for a number), and it allows an anchor to be set twice.
 */
public final class YamlReader {
    private static final int MAX_CODE_POINTS = 16 << 20;
    private static final int MAX_DEPTH = 100;
    private static final String MERGE = "<<";

    private final Parser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private int depth;

    private YamlReader(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        parser = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * The document in {@code text}; an empty one is the scalar null.
     *
     * @return empty if there is no such document; {@code problems} then says why
     */
    public static Optional<YamlNode> read(String text, ProblemList problems) {
        try {
            return Optional.of(new YamlReader(text.startsWith("\uFEFF") ? text.substring(1) : text).document());
        } catch (YamlFault e) {
            problems.add(Severity.ERROR, e.line, "", String.valueOf(e.getMessage()));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(Severity.ERROR, mark == null ? 0 : mark.getLine() + 1, "", "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(Severity.ERROR, 0, "", "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private YamlNode document() throws YamlFault {
        parser.getEvent(); // start of the stream
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return new Scalar(null, 1);
        }
        parser.getEvent(); // start of the document
        YamlNode root = node();
        parser.getEvent(); // end of the document
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new YamlFault("a second document starts here; one file holds one", line(parser.peekEvent()));
        }
        return root;
    }

    private YamlNode node() throws YamlFault {
        Event event = parser.getEvent();
        if (event instanceof AliasEvent alias) {
            YamlNode node = anchors.get(alias.getAnchor());
            if (node == null) {
                throw new YamlFault("the alias *" + alias.getAnchor() + " has no anchor before it", line(event));
            }
            return node;
        }
        if (++depth > MAX_DEPTH) {
            throw new YamlFault("nested deeper than " + MAX_DEPTH + " levels", line(event));
        }
        YamlNode node =
                switch (event) {
                    case ScalarEvent scalar -> new Scalar(value(scalar), line(event));
                    case SequenceStartEvent start -> sequence(start);
                    case MappingStartEvent start -> mapping(start);
                    default -> throw new YamlFault("unexpected " + event, line(event));
                };
        depth--;
        anchor(((NodeEvent) event).getAnchor(), node, line(event));
        return node;
    }

    private void anchor(@Nullable String anchor, YamlNode node, int line) throws YamlFault {
        if (anchor != null && anchors.put(anchor, node) != null) {
            throw new YamlFault("the anchor &" + anchor + " is set a second time", line);
        }
    }

    private Sequence sequence(SequenceStartEvent start) throws YamlFault {
        List<YamlNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node());
        }
        parser.getEvent();
        checkTag(start.getTag(), "tag:yaml.org,2002:seq", line(start));
        return new Sequence(items, line(start));
    }

    private Mapping mapping(MappingStartEvent start) throws YamlFault {
        Map<Object, YamlNode> merged = new LinkedHashMap<>();
        List<Map.Entry<Object, YamlNode>> own = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            boolean merge = parser.peekEvent() instanceof ScalarEvent key && isMerge(key);
            YamlNode key = node();
            YamlNode value = node();
            if (merge) {
                merge(value, merged);
            } else {
                own.add(Map.entry(key(key), value));
            }
        }
        parser.getEvent();
        checkTag(start.getTag(), "tag:yaml.org,2002:map", line(start));
        own.forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
        return new Mapping(merged, line(start));
    }

    private static boolean isMerge(ScalarEvent key) {
        return key.isPlain() && key.getTag() == null && key.getValue().equals(MERGE);
    }

    private static Object key(YamlNode key) throws YamlFault {
        if (key instanceof Scalar(Object value, int ignored) && value != null) {
            return value;
        }
        throw new YamlFault("a key must be a single value", key.line());
    }

    /** Of several maps to merge, the first one given wins. */
    private static void merge(YamlNode value, Map<Object, YamlNode> into) throws YamlFault {
        switch (value) {
            case Mapping mapping -> into.putAll(mapping.entries());
            case Sequence sequence -> {
                for (YamlNode item : sequence.items().reversed()) {
                    if (!(item instanceof Mapping mapping)) {
                        throw new YamlFault("only maps can be merged", item.line());
                    }
                    into.putAll(mapping.entries());
                }
            }
            case Scalar scalar -> throw new YamlFault("only a map can be merged", scalar.line());
        }
    }

    private static @Nullable Object value(ScalarEvent scalar) throws YamlFault {
        String tag = scalar.getTag();
        if (tag == null || tag.equals("!")) {
            boolean typed = scalar.isPlain() && tag == null;
            return typed ? YamlScalars.implicit(scalar.getValue()) : scalar.getValue();
        }
        try {
            return YamlScalars.tagged(tag, scalar.getValue());
        } catch (IllegalArgumentException e) {
            throw new YamlFault(String.valueOf(e.getMessage()), line(scalar));
        }
    }

    private static void checkTag(@Nullable String tag, String expected, int line) throws YamlFault {
        if (tag != null && !tag.equals("!") && !tag.equals(expected)) {
            throw new YamlFault("a collection with the tag " + tag + " has no meaning here", line);
        }
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    /** What is not YAML, or YAML that is not taken. */
    private static final class YamlFault extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        YamlFault(String message, int line) {
            super(message, null, false, false);
            this.line = line;
        }
    }
}
