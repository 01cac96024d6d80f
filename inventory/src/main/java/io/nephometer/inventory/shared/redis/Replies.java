// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCacheException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the scripts answer; anything else is told with its key. */
record Replies(String prefix, RedisOptions options) {
    /** What {@code head()} of the scripts makes. */
    Head head(@Nullable Object reply) throws SharedCacheException {
        List<?> fields = list(reply, "head");
        if (fields.size() < 12) {
            throw wrong("head", fields.toString());
        }
        return new Head(
                text(fields.get(0), "head"),
                number(fields.get(1), "head"),
                textOrNull(fields.get(2)),
                number(fields.get(3), "head"),
                number(fields.get(4), "head"),
                Instant.EPOCH.plus(number(fields.get(5), "head"), ChronoUnit.MICROS),
                textOrNull(fields.get(6)),
                Duration.of(number(fields.get(7), "head"), ChronoUnit.MICROS),
                textOrNull(fields.get(8)),
                number(fields.get(9), "head"),
                textOrNull(fields.get(11)),
                number(fields.get(10), "head"));
    }

    /** The fields of a host's hash, one after the other. */
    Map<String, Entry> entries(Head head, String host, @Nullable Object reply) throws SharedCacheException {
        String key = "set:" + head.set() + ":host:" + host;
        List<?> fields = list(reply, key);
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String id = text(fields.get(i), key);
            entries.put(id, entry(id, host, fields.get(i + 1)));
        }
        return entries;
    }

    /** Host and entry; or of a deletion the milliseconds, what it was, and a mark. */
    KnownInstance known(String id, Object reply) throws SharedCacheException {
        List<?> parts = list(reply, "set:…:at");
        if (parts.size() == 3) {
            Instant at = Instant.ofEpochMilli(number(parts.getFirst(), "gone"));
            return new KnownInstance.Gone(at, textOrNull(parts.get(1)));
        }
        String host = text(parts.getFirst(), "set:…:at");
        return new KnownInstance.Held(entry(id, host, parts.get(1)));
    }

    /** Its revision, a blank, its body. Whatever else it is harms nobody but this instance. */
    private static Entry entry(String id, String host, @Nullable Object reply) {
        String text = reply instanceof String value ? value : "";
        int blank = text.indexOf(' ');
        try {
            return new Entry(id, host, Long.parseLong(text, 0, Math.max(blank, 0), 10), text.substring(blank + 1));
        } catch (NumberFormatException _) {
            return Entry.damaged(id, host, text);
        }
    }

    List<?> list(@Nullable Object reply, String key) throws SharedCacheException {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw wrong(key, reply);
    }

    String text(@Nullable Object reply, String key) throws SharedCacheException {
        if (reply instanceof String text) {
            return text;
        }
        throw wrong(key, reply);
    }

    private static @Nullable String textOrNull(@Nullable Object reply) {
        return reply instanceof String text ? text : null;
    }

    long number(@Nullable Object reply, String key) throws SharedCacheException {
        try {
            return new BigDecimal(String.valueOf(reply)).longValue();
        } catch (NumberFormatException _) {
            throw wrong(key, reply);
        }
    }

    SharedCacheException wrong(String key, @Nullable Object found) {
        String text = String.valueOf(found);
        return new SharedCacheException("the shared cache at " + options.url().servers()
                + " holds what we did not write: key " + prefix + key + ", \""
                + text.substring(0, Math.min(text.length(), 60)) + "\"; " + RedisFailure.remedy(options));
    }
}
