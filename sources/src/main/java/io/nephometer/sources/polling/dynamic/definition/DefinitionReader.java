// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.model.MeterType;
import io.nephometer.runtime.config.NearestKey;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.runtime.yaml.YamlNode.Mapping;
import io.nephometer.runtime.yaml.YamlNode.Scalar;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Enrichment;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Entries;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Identity;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Metadata;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one definition, accepting and refusing what Ceilometer does, and says everything that is wrong with it. For one use. */
final class DefinitionReader {
    private static final Set<String> KEYS = Set.of(
            "name",
            "sample_type",
            "unit",
            "value_attribute",
            "endpoint_type",
            "url_path",
            "metadata_fields",
            "skip_sample_values",
            "value_mapping",
            "default_value",
            "metadata_mapping",
            "preserve_mapped_metadata",
            "response_entries_key",
            "next_sample_url_attribute",
            "user_id_attribute",
            "project_id_attribute",
            "resource_id_attribute",
            "headers",
            "timeout",
            "namespaces",
            "response_handlers",
            "extra_metadata_fields",
            "extra_metadata_fields_cache_seconds",
            "extra_metadata_fields_skip",
            "base_metadata",
            "module",
            "authentication_object",
            "authentication_parameters",
            "barbican_secret_id",
            "host_command",
            "value");
    private static final Pattern NAME = Pattern.compile("[\\w-]+(?:\\.[\\w-]+)*(?:\\.\\{([\\w-]+)})?");
    private static final Pattern LIST_AND_PATH = Pattern.compile("\\[(\\w+)]((?:\\.\\w+)+)");
    private static final Duration CACHED = Duration.ofHours(1);
    private static final int MOST_NAME = 255;
    private static final int MOST_LEVELS = 5;

    private final String file;
    private final Mapping map;
    private final DefinitionOptions options;
    private final ProblemList problems;
    private final Fields fields;
    private final @Nullable DynamicPollsterDefinition parent;
    private final int level;

    DefinitionReader(String file, Mapping map, DefinitionOptions options, ProblemList problems) {
        this(file, map, options, problems, null, 0);
    }

    /** @param parent whose samples it enriches; what is not said is as there */
    private DefinitionReader(
            String file,
            Mapping map,
            DefinitionOptions options,
            ProblemList problems,
            @Nullable DynamicPollsterDefinition parent,
            int level) {
        this.file = file;
        this.map = map;
        this.options = options;
        this.problems = problems;
        this.parent = parent;
        this.level = level;
        String name = map.get("name") instanceof Scalar(Object value, int _) && value != null ? value + "." : "";
        this.fields = new Fields(map, name, problems);
    }

    /** Empty if it cannot be used; the problems then say why. */
    Optional<DynamicPollsterDefinition> read() {
        int before = problems.count(Severity.SKIPPED);
        warnOfUnknown();
        String name = name();
        MeterType type = type();
        String unit = parent != null && !fields.has("unit") ? parent.unit() : fields.required("unit");
        Set<String> namespaces = namespaces();
        DynamicPollsterDefinition.Request request = new RequestReader(fields, options).read();
        Values values = values(name);
        Entries entries =
                new Entries(fields.extraction("response_entries_key"), fields.extraction("next_sample_url_attribute"));
        if (request == null || values == null || problems.count(Severity.SKIPPED) > before) {
            metadata();
            return Optional.empty();
        }
        Enrichment alone = enrichment();
        DynamicPollsterDefinition bare = new DynamicPollsterDefinition(
                name,
                file + ":" + map.line(),
                type,
                unit,
                namespaces,
                request,
                entries,
                values,
                identity(),
                metadata(),
                alone);
        List<DynamicPollsterDefinition> extras = extras(bare);
        return problems.count(Severity.SKIPPED) > before ? Optional.empty() : Optional.of(bare.enrichedBy(extras));
    }

    private void warnOfUnknown() {
        map.entries().forEach((key, value) -> {
            if (!KEYS.contains(key.toString())) {
                String nearest = NearestKey.of(key.toString(), KEYS);
                problems.add(
                        Severity.WARNING,
                        value.line(),
                        key.toString(),
                        "is not known and has no effect" + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        });
    }

    private String name() {
        String name = fields.required("name");
        if (!name.isEmpty() && (!NAME.matcher(name).matches() || name.length() > MOST_NAME)) {
            fields.wrong("name", "must be words with dots between, at the end maybe .{attribute}");
        }
        return name;
    }

    private MeterType type() {
        if (parent != null && !fields.has("sample_type")) {
            return parent.type();
        }
        Optional<MeterType> type = MeterType.ofWireName(fields.required("sample_type"));
        if (type.isEmpty() && fields.has("sample_type")) {
            fields.wrong("sample_type", "must be gauge, delta or cumulative");
        }
        return type.orElse(MeterType.GAUGE);
    }

    private Set<String> namespaces() {
        Set<String> namespaces = new LinkedHashSet<>();
        for (YamlNode item : fields.oneOrMore("namespaces")) {
            namespaces.add(String.valueOf(item.plain()));
        }
        return namespaces.isEmpty() ? Set.of("central") : namespaces;
    }

    private @Nullable Values values(String name) {
        VolumeSource source = source(name);
        return source == null
                ? null
                : new Values(
                        source,
                        fields.map("value_mapping"),
                        fields.has("default_value")
                                ? Objects.requireNonNull(fields.node("default_value"))
                                        .plain()
                                : -1L,
                        skipped());
    }

    private List<@Nullable Object> skipped() {
        if (parent != null && !fields.has("skip_sample_values")) {
            return List.of();
        }
        List<@Nullable Object> skipped = new ArrayList<>();
        fields.list("skip_sample_values").forEach(item -> skipped.add(item.plain()));
        return skipped;
    }

    private @Nullable VolumeSource source(String name) {
        String key =
                parent != null && !fields.has("value_attribute") && fields.has("value") ? "value" : "value_attribute";
        if (parent != null && !fields.has(key)) {
            return parent.values().source();
        }
        boolean isOptional = fields.has("host_command") && !fields.has(key);
        String text = isOptional ? "." : fields.required(key);
        Matcher several = NAME.matcher(name);
        if (several.matches() && several.group(1) != null) {
            return several(key, text, several.group(1));
        }
        Extraction value = text.isEmpty() ? null : fields.extraction(key, text);
        return value == null ? null : new VolumeSource.Single(value);
    }

    private @Nullable VolumeSource several(String key, String text, String attribute) {
        Matcher parts = LIST_AND_PATH.matcher(text);
        if (!parts.matches()) {
            fields.wrong(key, "of a pollster with several meters must be [list].path");
            return null;
        }
        Extraction value = fields.extraction(key, parts.group(2).substring(1));
        return value == null ? null : new VolumeSource.Several(parts.group(1), value, attribute);
    }

    /** Only what is elsewhere than usual. */
    private Identity identity() {
        return new Identity(
                unusual("user_id_attribute", "user_id"),
                unusual("project_id_attribute", "project_id"),
                unusual("resource_id_attribute", "id"));
    }

    private @Nullable Extraction unusual(String key, String usual) {
        Extraction extraction = fields.extraction(key);
        return extraction == null || extraction.isKey(usual) ? null : extraction;
    }

    private Metadata metadata() {
        return new Metadata(
                fields.extractions("metadata_fields"),
                fields.textMap("metadata_mapping"),
                fields.truth("preserve_mapped_metadata", true));
    }

    /** What holds for the further requests; where nothing is said, what holds for the definition around. */
    private Enrichment enrichment() {
        Enrichment around = parent == null ? new Enrichment(List.of(), CACHED, List.of()) : parent.enrichment();
        return new Enrichment(
                List.of(),
                fields.seconds("extra_metadata_fields_cache_seconds", around.cached()),
                fields.has("extra_metadata_fields_skip") ? skips() : around.skipped());
    }

    private List<DynamicPollsterDefinition> extras(DynamicPollsterDefinition bare) {
        List<DynamicPollsterDefinition> extras = new ArrayList<>();
        List<YamlNode> nodes = fields.oneOrMore("extra_metadata_fields");
        if (!nodes.isEmpty() && level == MOST_LEVELS) {
            fields.wrong("extra_metadata_fields", "within each other deeper than " + MOST_LEVELS + " levels");
            return extras;
        }
        for (YamlNode node : nodes) {
            if (node instanceof Mapping extra) {
                new DefinitionReader(file, extra, options, problems, bare, level + 1)
                        .read()
                        .ifPresent(extras::add);
            } else {
                fields.wrong("extra_metadata_fields", "must be a definition or a list of them");
            }
        }
        return extras;
    }

    private List<Map<String, @Nullable Object>> skips() {
        List<Map<String, @Nullable Object>> skips = new ArrayList<>();
        for (YamlNode item : fields.list("extra_metadata_fields_skip")) {
            if (item instanceof Mapping skip && skip.plain() instanceof Map<?, ?> plain) {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                plain.forEach((key, value) -> entries.put(String.valueOf(key), value));
                skips.add(entries);
            } else {
                fields.wrong("extra_metadata_fields_skip", "must be a list of maps");
            }
        }
        skips.removeIf(Map::isEmpty);
        return skips;
    }
}
