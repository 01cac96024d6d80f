// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.nova.Microversion;
import io.nephometer.runtime.json.Json;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the record of a refresh is written: JSON with names that people read, too. */
public final class RefreshRecordBody {
    private RefreshRecordBody() {}

    public static String write(RefreshRecord record) {
        return Json.write(fields(record));
    }

    /** As plain JSON values. */
    public static Map<String, @Nullable Object> fields(RefreshRecord record) {
        return new BodyWriter()
                .put("by", record.by())
                .put("kind", record.kind())
                .put("outcome", record.outcome())
                .put("detail", record.detail())
                .put("tried", record.tried())
                .put("took", record.took())
                .put("requests", requests(record.requests()))
                .put("changed", record.found().changed())
                .put("gone", record.found().gone())
                .put("missed", missed(record.found().missed()))
                .put("stale", record.found().stale())
                .put("unreadable", record.found().unreadable())
                .put("complete", complete(record.good()))
                .put("whole", wholes(record.wholes()))
                .put("cells", cells(record.cells()))
                .put("failures", record.failures())
                .put(
                        "microversion",
                        record.microversion() == null
                                ? null
                                : record.microversion().toString())
                .fields();
    }

    private static Map<String, Object> requests(Refresh.Requests requests) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("listings", requests.listings());
        fields.put("servers", requests.servers());
        fields.put("flavors", requests.flavors());
        fields.put("images", requests.images());
        return fields;
    }

    private static Map<String, Long> missed(Map<Change, Long> missed) {
        Map<String, Long> fields = new LinkedHashMap<>();
        new EnumMap<>(missed.isEmpty() ? new EnumMap<>(Change.class) : missed)
                .forEach((change, times) -> fields.put(change.name(), times));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> complete(RefreshRecord.@Nullable Complete complete) {
        return complete == null
                ? null
                : new BodyWriter()
                        .put("nova", complete.nova())
                        .put("novas_clock", complete.novasClock())
                        .put("cache", complete.cache())
                        .fields();
    }

    private static Map<String, @Nullable Object> wholes(RefreshRecord.Wholes wholes) {
        return new BodyWriter()
                .put("next", wholes.next())
                .put("must", wholes.must())
                .put("begun", wholes.begun())
                .put("nova", wholes.nova())
                .fields();
    }

    private static @Nullable Map<String, @Nullable Object> cells(RefreshRecord.@Nullable Cells cells) {
        return cells == null
                ? null
                : new BodyWriter()
                        .put("asked", cells.asked())
                        .put("reached", cells.reached())
                        .put("checked", cells.checked())
                        .put("unreached", cells.unreached())
                        .put("names", cells.names())
                        .fields();
    }

    /**
     * What a body says.
     *
     * @throws BodyException if it is none of ours
     */
    public static RefreshRecord read(String body) throws BodyException {
        BodyFields fields = BodyFields.parse("refresh", body);
        return new RefreshRecord(
                fields.text("by"),
                fields.choice(Refresh.Kind.class, "kind"),
                fields.choice(Refresh.Outcome.class, "outcome"),
                fields.text("detail"),
                fields.time("tried"),
                fields.duration("took"),
                requests(fields.part("requests")),
                new RefreshRecord.Found(
                        fields.number("changed"),
                        fields.number("gone"),
                        changes(fields.numbers("missed")),
                        Objects.requireNonNullElse(fields.numberOrNull("stale"), 0L),
                        Objects.requireNonNullElse(fields.numberOrNull("unreadable"), 0L)),
                complete(fields.partOrNull("complete")),
                wholes(fields.part("whole")),
                cells(fields.partOrNull("cells")),
                fields.number("failures"),
                microversion(fields.textOrNull("microversion")));
    }

    /** One that cannot be read is not worth the rest: whoever needs it asks Nova. */
    private static @Nullable Microversion microversion(@Nullable String text) {
        try {
            return text == null ? null : Microversion.parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Refresh.Requests requests(BodyFields fields) throws BodyException {
        return new Refresh.Requests(
                fields.number("listings"), fields.number("servers"), fields.number("flavors"), fields.number("images"));
    }

    /** Changes that only a newer program tells apart are left out. */
    private static Map<Change, Long> changes(Map<String, Long> numbers) {
        Map<Change, Long> missed = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            Long times = numbers.get(change.name());
            if (times != null) {
                missed.put(change, times);
            }
        }
        return missed;
    }

    private static RefreshRecord.@Nullable Complete complete(@Nullable BodyFields fields) throws BodyException {
        return fields == null
                ? null
                : new RefreshRecord.Complete(fields.time("nova"), fields.flag("novas_clock"), fields.time("cache"));
    }

    /** A program that is older does not tell which hosts, nor since when: the next list then reaches as far back as it may have to. */
    private static RefreshRecord.@Nullable Cells cells(@Nullable BodyFields fields) throws BodyException {
        if (fields == null) {
            return null;
        }
        Instant reached = fields.time("reached");
        return new RefreshRecord.Cells(
                fields.time("asked"),
                reached,
                Objects.requireNonNullElse(fields.timeOrNull("checked"), reached),
                fields.number("unreached"),
                Objects.requireNonNullElse(fields.textOrNull("names"), ""));
    }

    private static RefreshRecord.Wholes wholes(BodyFields fields) throws BodyException {
        return new RefreshRecord.Wholes(
                fields.time("next"), fields.textOrNull("must"), fields.timeOrNull("begun"), fields.timeOrNull("nova"));
    }
}
