// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.PrettyJson;
import io.nephometer.store.ledger.RecoveryChange;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryState;
import java.util.List;

/** An entry of recovery with everything, for people. */
final class RecoveryEntryText {
    private RecoveryEntryText() {}

    static String of(RecoveryEntry entry, List<RecoveryChange> history) {
        StringBuilder text = new StringBuilder();
        line(text, "id", entry.id());
        line(text, "state", RecoveryForms.lower(entry.state()));
        line(
                text,
                "reason",
                entry.failure().kind() + " in step "
                        + RecoveryForms.lower(entry.failure().step()));
        line(text, "detail", entry.failure().detail());
        line(
                text,
                "outstanding",
                entry.state() == RecoveryState.OPEN ? RecoveryForms.outstanding(entry.eventOnly()) : "nothing");
        line(text, "message id", entry.messageId() == null ? "none" : entry.messageId());
        line(text, "first seen", WireForms.time(entry.firstSeen()));
        line(text, "last seen", WireForms.time(entry.lastSeen()));
        line(text, "seen", entry.seen() + (entry.seen() == 1 ? " time" : " times"));
        line(text, "tried again", entry.attempts() + (entry.attempts() == 1 ? " time" : " times"));
        line(
                text,
                "exchange",
                entry.message().exchange().isEmpty()
                        ? "unknown"
                        : entry.message().exchange());
        line(
                text,
                "routing key",
                entry.message().routingKey().isEmpty()
                        ? "unknown"
                        : entry.message().routingKey());
        text.append("properties   ")
                .append(PrettyJson.of(entry.message().properties()))
                .append('\n');
        history(text, history);
        text.append("\nbody (").append(entry.message().body().size()).append(" bytes)\n");
        return text.append(BodyText.of(entry.message().body())).toString();
    }

    private static void history(StringBuilder text, List<RecoveryChange> history) {
        if (!history.isEmpty()) {
            text.append("\nhistory\n");
        }
        for (RecoveryChange change : history) {
            String line = "  %-27s %-8s %s"
                    .formatted(
                            WireForms.time(change.at()),
                            RecoveryForms.lower(change.action()),
                            BodyText.visible(change.detail()));
            text.append(line.stripTrailing()).append('\n');
            if (change.replacedBody() != null) {
                text.append("  the body before that (")
                        .append(change.replacedBody().size())
                        .append(" bytes):\n")
                        .append(BodyText.of(change.replacedBody()).indent(4));
            }
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-12s %s%n".formatted(name, BodyText.visible(value)));
    }
}
