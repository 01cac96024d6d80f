// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryGroup;
import io.nephometer.store.ledger.RecoveryState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How entries of recovery and groups of them are listed. */
final class RecoveryForms {
    /** Enough to tell a million entries apart, short enough to type. */
    private static final int SHORT_ID = 12;

    private RecoveryForms() {}

    /** @param withState whether more than one state may be among them */
    static Layout<RecoveryGroup> groups(boolean withState) {
        List<Column<RecoveryGroup>> columns = new ArrayList<>(List.of(
                Column.text("reason", group -> group.kind().name()),
                Column.number("entries", RecoveryGroup::entries),
                Column.number("messages", RecoveryGroup::seen),
                Column.text("first seen", group -> seconds(group.firstSeen())),
                Column.text("last seen", group -> seconds(group.lastSeen())),
                Column.text("outstanding", RecoveryForms::outstanding)));
        if (withState) {
            columns.add(1, Column.text("state", group -> lower(group.state())));
        }
        return new Layout<>(columns, RecoveryForms::json);
    }

    private static Map<String, @Nullable Object> json(RecoveryGroup group) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("kind", group.kind().name());
        form.put("step", group.step().name());
        form.put("state", group.state().name());
        form.put("event_only", group.eventOnly());
        form.put("entries", group.entries());
        form.put("seen", group.seen());
        form.put("first_seen", WireForms.time(group.firstSeen()));
        form.put("last_seen", WireForms.time(group.lastSeen()));
        return form;
    }

    static Layout<RecoveryEntry> entries() {
        return new Layout<>(
                List.of(
                        Column.text("id", RecoveryForms::shortId),
                        Column.text("reason", entry -> entry.failure().kind().name()),
                        Column.text("state", entry -> lower(entry.state())),
                        Column.number("seen", RecoveryEntry::seen),
                        Column.text("last seen", entry -> seconds(entry.lastSeen())),
                        Column.text("detail", entry -> entry.failure().detail())),
                RecoveryForms::json);
    }

    /** Everything but body and history. */
    static Map<String, @Nullable Object> json(RecoveryEntry entry) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("id", entry.id());
        form.put("state", entry.state().name());
        form.put("event_only", entry.eventOnly());
        form.put("step", entry.failure().step().name());
        form.put("kind", entry.failure().kind().name());
        form.put("detail", entry.failure().detail());
        form.put("message_id", entry.messageId());
        form.put("exchange", entry.message().exchange());
        form.put("routing_key", entry.message().routingKey());
        form.put("bytes", entry.message().body().size());
        form.put("first_seen", WireForms.time(entry.firstSeen()));
        form.put("last_seen", WireForms.time(entry.lastSeen()));
        form.put("seen", entry.seen());
        form.put("attempts", entry.attempts());
        return form;
    }

    /** The beginning of the identity, as commands accept it. */
    static String shortId(RecoveryEntry entry) {
        return entry.id().substring(0, SHORT_ID);
    }

    private static String outstanding(RecoveryGroup group) {
        return group.state() == RecoveryState.OPEN ? group.eventOnly() ? "event" : "message" : "nothing";
    }

    private static String seconds(Instant time) {
        return WireForms.time(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** What of the message is not in the ledger. */
    static String outstanding(boolean eventOnly) {
        return eventOnly ? "the event; its samples are counted" : "the whole message";
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
