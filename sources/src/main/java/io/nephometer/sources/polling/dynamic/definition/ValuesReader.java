// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.runtime.yaml.YamlNode;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads of a definition what becomes volume. */
final class ValuesReader {
    private static final Pattern LIST_AND_PATH = Pattern.compile("\\[(\\w+)]((?:\\.\\w+)+)");
    private static final String KEY = "value_attribute";
    private static final long UNMAPPED = -1;

    private final Fields fields;
    private final @Nullable Inherited inherited;

    ValuesReader(Fields fields, @Nullable Inherited inherited) {
        this.fields = fields;
        this.inherited = inherited;
    }

    /**
     * Null if it cannot be used.
     *
     * @param attribute what names the meter, if there are several; else null
     */
    @Nullable Values read(@Nullable String attribute) {
        VolumeSource source = source(attribute);
        YamlNode fallback = fields.node("default_value");
        List<@Nullable Object> skipped = new ArrayList<>();
        fields.list("skip_sample_values").forEach(item -> skipped.add(item.plain()));
        return source == null
                ? null
                : new Values(
                        source, fields.map("value_mapping"), fallback == null ? UNMAPPED : fallback.plain(), skipped);
    }

    private @Nullable VolumeSource source(@Nullable String attribute) {
        String key = inherited != null && !fields.has(KEY) && fields.has("value") ? "value" : KEY;
        if (inherited != null && !fields.has(key)) {
            return inherited.source();
        }
        boolean isOptional = fields.has("host_command") && !fields.has(key);
        String text = isOptional ? "." : fields.required(key);
        if (text.isEmpty()) {
            return null;
        }
        if (attribute != null) {
            return several(key, text, attribute);
        }
        Extraction value = fields.extraction(key, text);
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
}
