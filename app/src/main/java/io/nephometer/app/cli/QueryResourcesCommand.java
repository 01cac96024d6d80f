// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.MeteredResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code nephometer query resources}. */
@Command(name = "resources", description = "Resources that have samples, as they were last known.")
final class QueryResourcesCommand extends Query<MeteredResource> {
    @Override
    Layout<MeteredResource> layout() {
        return new Layout<>(
                List.of(
                        Column.text("resource", MeteredResource::resourceId),
                        Column.text("project", MeteredResource::projectId),
                        Column.text("user", MeteredResource::userId),
                        Column.text("first sample", resource -> WireForms.time(resource.first())),
                        Column.text("last sample", resource -> WireForms.time(resource.last()))),
                QueryResourcesCommand::json);
    }

    private static Map<String, @Nullable Object> json(MeteredResource resource) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("resource_id", resource.resourceId());
        form.put("project_id", resource.projectId());
        form.put("user_id", resource.userId());
        form.put("first_sample_timestamp", WireForms.offsetTime(resource.first()));
        form.put("last_sample_timestamp", WireForms.offsetTime(resource.last()));
        form.put("metadata", resource.metadata());
        return form;
    }

    @Override
    Set<String> unused() {
        return Set.of("--type", "--trait", "--meter");
    }

    @Override
    void ask(LedgerView ledger, LedgerQuery query, Consumer<? super MeteredResource> to) {
        ledger.reader().resources(query, to);
    }
}
