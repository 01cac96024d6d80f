// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.model.Event;
import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.audits.ExistsEvent;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was told of a whole period, whole payloads by instance.
 *
 * @param ours by our audit
 * @param novas by Nova's; the last, if it told one several times
 * @param repeated how often either told an instance again
 */
record Told(Map<String, Map<?, ?>> ours, Map<String, Map<?, ?>> novas, int repeated) {
    private static final DateTimeFormatter PERIOD =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Who made our events; Nova's come from {@code compute.HOST}. */
    private static final String AUDIT = "audit";

    Told {
        ours = Map.copyOf(ours);
        novas = Map.copyOf(novas);
    }

    /** Reads a ledger whose events keep the whole notification. */
    static Told read(String store, Period period) {
        try (LedgerView ledger = RunLedger.open(store)) {
            return read(ledger, period);
        }
    }

    /** As the other, of a ledger that is open. */
    static Told read(LedgerView ledger, Period period) {
        List<Map<?, ?>> notifications = new ArrayList<>();
        ledger.reader()
                .events(LedgerQuery.ALL.withType(ExistsEvent.TYPE), event -> notifications.add(notification(event)));
        return of(notifications, period);
    }

    /** Sorts notifications; those of other periods, and of parts of it, are left out. */
    static Told of(List<Map<?, ?>> notifications, Period period) {
        Map<String, Map<?, ?>> ours = new LinkedHashMap<>();
        Map<String, Map<?, ?>> novas = new LinkedHashMap<>();
        int all = 0;
        for (Map<?, ?> notification : notifications) {
            Map<?, ?> payload = Fields.map(notification.get("payload"));
            if (is(payload, "audit_period_beginning", PERIOD.format(period.begin()))
                    && is(payload, "audit_period_ending", PERIOD.format(period.end()))) {
                String by = Fields.text(notification.get("publisher_id"));
                boolean own = by.equals(AUDIT) || by.startsWith(AUDIT + ".");
                (own ? ours : novas).put(Fields.text(payload.get("instance_id")), payload);
                all++;
            }
        }
        return new Told(ours, novas, all - ours.size() - novas.size());
    }

    private static boolean is(Map<?, ?> payload, String field, String time) {
        return time.equals(payload.get(field));
    }

    private static Map<?, ?> notification(Event event) {
        String raw = event.raw();
        if (raw == null) {
            throw new IllegalStateException(
                    event.id().text() + " is kept without its notification; set definitions.store_raw: [info]");
        }
        try {
            Map<?, ?> whole = Fields.map(Json.parse(raw));
            Object inner = whole.get("oslo.message");
            return inner instanceof String text ? Fields.map(Json.parse(text)) : whole;
        } catch (JsonException e) {
            throw new IllegalStateException(event.id().text() + " is no JSON in the ledger", e);
        }
    }

    /** A field of a payload as JSON, keys of objects in order; null if there is no such field. */
    static @Nullable String field(Map<?, ?> payload, String name) {
        return payload.containsKey(name) ? Json.write(ordered(payload.get(name))) : null;
    }

    private static @Nullable Object ordered(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, @Nullable Object> ordered = new TreeMap<>();
        map.forEach((key, inner) -> ordered.put(Fields.text(key), ordered(inner)));
        return ordered;
    }
}
