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
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Request;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Values;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
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
    private static final int MOST_NAME = 255;

    private final String file;
    private final Mapping map;
    private final DefinitionOptions options;
    private final ProblemList problems;
    private final Fields fields;
    private final @Nullable Inherited inherited;

    /** @param inherited null for a definition of its own */
    DefinitionReader(
            String file, Mapping map, DefinitionOptions options, ProblemList problems, @Nullable Inherited inherited) {
        this.file = file;
        this.map = map;
        this.options = options;
        this.problems = problems;
        this.inherited = inherited;
        String name = map.get("name") instanceof Scalar(Object value, int _) && value != null ? value + "." : "";
        this.fields = new Fields(map, name, problems);
    }

    /** Empty if it cannot be used; the problems then say why. */
    Optional<DynamicPollsterDefinition> read() {
        int before = problems.count(Severity.SKIPPED);
        warnOfUnknown();
        String name = name();
        MeterType type = type();
        String unit = inherited != null && !fields.has("unit") ? inherited.unit() : fields.required("unit");
        Request request = new RequestReader(fields, options).read();
        Values values = new ValuesReader(fields, inherited).read(attribute(name));
        Entries entries =
                new Entries(fields.extraction("response_entries_key"), fields.extraction("next_sample_url_attribute"));
        Identity identity = identity();
        Metadata metadata = metadata();
        Enrichment enrichment = enrichment(type, unit, values == null ? null : values.source());
        if (request == null || values == null || problems.count(Severity.SKIPPED) > before) {
            return Optional.empty();
        }
        String place = file + ":" + map.line();
        return Optional.of(new DynamicPollsterDefinition(
                name, place, type, unit, namespaces(), request, entries, values, identity, metadata, enrichment));
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

    /** What in an entry names the meter; null if the pollster has one meter. */
    private static @Nullable String attribute(String name) {
        Matcher several = NAME.matcher(name);
        return several.matches() ? several.group(1) : null;
    }

    private MeterType type() {
        if (inherited != null && !fields.has("sample_type")) {
            return inherited.type();
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

    private Enrichment enrichment(MeterType type, String unit, @Nullable VolumeSource source) {
        int level = inherited == null ? 1 : inherited.level() + 1;
        return new EnrichmentReader(fields, inherited, this::nested)
                .read(new Inherited(type, unit, source, Duration.ZERO, List.of(), level));
    }

    private Optional<DynamicPollsterDefinition> nested(Mapping inner, Inherited handedOn) {
        return new DefinitionReader(file, inner, options, problems, handedOn).read();
    }
}
