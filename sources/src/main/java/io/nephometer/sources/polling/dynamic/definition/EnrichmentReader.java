// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Enrichment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of a definition the further requests, which are definitions again. */
final class EnrichmentReader {
    private static final Duration CACHED = Duration.ofHours(1);
    private static final int MOST_LEVELS = 5;
    private static final String KEY = "extra_metadata_fields";
    private static final String SKIP = "extra_metadata_fields_skip";

    private final Fields fields;
    private final @Nullable Inherited inherited;
    private final Nested nested;

    /** Reads a definition within a definition. */
    @FunctionalInterface
    interface Nested {
        Optional<DynamicPollsterDefinition> read(Mapping map, Inherited inherited);
    }

    EnrichmentReader(Fields fields, @Nullable Inherited inherited, Nested nested) {
        this.fields = fields;
        this.inherited = inherited;
        this.nested = nested;
    }

    /** @param around what the definitions within have of this one, but for what is read here */
    Enrichment read(Inherited around) {
        Duration cached =
                fields.seconds("extra_metadata_fields_cache_seconds", inherited == null ? CACHED : inherited.cached());
        List<Map<String, @Nullable Object>> skipped =
                inherited == null || fields.has(SKIP) ? skips() : inherited.skipped();
        Inherited handedOn =
                new Inherited(around.type(), around.unit(), around.source(), cached, skipped, around.level());
        return new Enrichment(definitions(handedOn), cached, skipped);
    }

    private List<DynamicPollsterDefinition> definitions(Inherited handedOn) {
        List<DynamicPollsterDefinition> definitions = new ArrayList<>();
        List<YamlNode> nodes = fields.oneOrMore(KEY);
        if (!nodes.isEmpty() && handedOn.level() > MOST_LEVELS) {
            fields.wrong(KEY, "within each other deeper than " + MOST_LEVELS + " levels");
            return definitions;
        }
        for (YamlNode node : nodes) {
            if (node instanceof Mapping map) {
                nested.read(map, handedOn).ifPresent(definitions::add);
            } else {
                fields.wrong(KEY, "must be a definition or a list of them");
            }
        }
        return definitions;
    }

    private List<Map<String, @Nullable Object>> skips() {
        List<Map<String, @Nullable Object>> skips = new ArrayList<>();
        for (YamlNode item : fields.list(SKIP)) {
            if (!(item instanceof Mapping map)) {
                fields.wrong(SKIP, "must be a list of maps");
            } else if (!map.entries().isEmpty()) {
                Map<String, @Nullable Object> skip = new LinkedHashMap<>();
                map.entries().forEach((key, value) -> skip.put(key.toString(), value.plain()));
                skips.add(skip);
            }
        }
        return skips;
    }
}
