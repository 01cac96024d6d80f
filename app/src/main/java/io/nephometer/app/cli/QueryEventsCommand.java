// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.model.Event;
import io.nephometer.model.Trait;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code nephometer query events}. */
@Command(
        name = "events",
        description =
                "Events with their traits, by the time they were generated. --project and --resource look at the traits"
                        + " project_id and resource_id.")
final class QueryEventsCommand extends Query<Event> {
    @Override
    Layout<Event> layout() {
        return new Layout<>(
                List.of(
                        Column.text("generated", event -> WireForms.time(event.generated())),
                        Column.text("type", Event::type),
                        Column.text("message id", event -> event.id().text()),
                        Column.text("traits", QueryEventsCommand::traits)),
                WireForms::event);
    }

    private static String traits(Event event) {
        return event.traits().stream().map(QueryEventsCommand::trait).collect(Collectors.joining(" "));
    }

    private static String trait(Trait trait) {
        return trait.name() + "=" + WireForms.value(trait.value());
    }

    @Override
    Set<String> unused() {
        return Set.of("--meter", "--metadata", "--as-of");
    }

    @Override
    void ask(LedgerView ledger, LedgerQuery query, Consumer<? super Event> to) {
        Map<String, String> traits = new LinkedHashMap<>(query.traits());
        if (query.project() != null) {
            traits.put("project_id", query.project());
        }
        if (query.resource() != null) {
            traits.put("resource_id", query.resource());
        }
        ledger.reader().events(query.withTraits(traits), to);
    }
}
