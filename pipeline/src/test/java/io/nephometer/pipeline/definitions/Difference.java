// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A deliberate difference from Ceilometer, of {@code differences.yaml}: events of these types have a trait that Ceilometer's
 * lack.
 *
 * @param name under which docs/differences.md explains it
 */
record Difference(String name, Pattern eventType, String trait) {

    static List<Difference> all() throws IOException {
        try (InputStream file = Difference.class.getResourceAsStream("differences.yaml")) {
            List<Map<String, String>> entries = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return entries.stream().map(Difference::of).toList();
        }
    }

    private static Difference of(Map<String, String> entry) {
        String glob = value(entry, "event_type");
        return new Difference(
                value(entry, "name"),
                Pattern.compile(glob.replace(".", "\\.").replace("*", ".*")),
                value(entry, "trait"));
    }

    private static String value(Map<String, String> entry, String key) {
        return Objects.requireNonNull(entry.get(key), key);
    }

    /** The golden line as it should have been, with the trait that {@code ours} has; empty if this difference is none here. */
    Optional<GoldenLine> applied(GoldenLine golden, GoldenLine ours) {
        String type =
                golden.event().substring(0, golden.event().indexOf(' ') + 1).strip();
        if (!eventType.matcher(type).matches() || traitIn(golden).isPresent()) {
            return Optional.empty();
        }
        return traitIn(ours).map(trait -> {
            List<String> traits = new ArrayList<>(golden.traits());
            traits.add(trait);
            return golden.withTraits(traits);
        });
    }

    private Optional<String> traitIn(GoldenLine line) {
        return line.traits().stream()
                .filter(text -> text.startsWith("[\"" + trait + "\","))
                .findFirst();
    }
}
