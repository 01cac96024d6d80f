// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

import io.nephometer.pipeline.grammar.FieldExpression;
import io.nephometer.pipeline.jsonpath.JsonPath;
import io.nephometer.pipeline.jsonpath.JsonPathSyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The traits that every event has where its notification has a value for them; a definition may replace each. */
final class DefaultTraits {
    /** By name, in the order of an event. */
    static final Map<String, TraitDefinition> ALL = all();

    private DefaultTraits() {}

    private static Map<String, TraitDefinition> all() {
        Map<String, TraitDefinition> traits = new LinkedHashMap<>();
        add(traits, "service", "publisher_id");
        add(traits, "request_id", "ctxt.request_id");
        add(traits, "project_id", "(payload.tenant_id)|(ctxt.project_id)");
        add(traits, "user_id", "(payload.user_id)|(ctxt.user_id)");
        add(traits, "tenant_id", "(payload.tenant_id)|(ctxt.project_id)");
        return Collections.unmodifiableMap(traits);
    }

    private static void add(Map<String, TraitDefinition> traits, String name, String path) {
        try {
            FieldExpression field = new FieldExpression.Selected(JsonPath.parse(path));
            traits.put(name, new TraitDefinition(name, TraitType.TEXT, field));
        } catch (JsonPathSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
