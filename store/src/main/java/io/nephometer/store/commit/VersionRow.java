// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version of an instance, or of an asset, as the ledger keeps it. Times in microseconds since the epoch.
 *
 * @param unseen of instances alone
 * @param fields JSON with its keys in order
 */
public record VersionRow(
        String id,
        long since,
        long told,
        @Nullable String host,
        @Nullable Long launched,
        @Nullable Long terminated,
        @Nullable Long unseen,
        String fields) {
    static VersionRow of(InstanceVersion version) {
        String host = version.host();
        return new VersionRow(
                StorableText.cleaned(version.id()),
                micros(version.since()),
                micros(version.told()),
                host == null ? null : StorableText.cleaned(host),
                orNull(version.launched()),
                orNull(version.terminated()),
                orNull(version.unseen()),
                StorableText.cleaned(Json.write(sorted(version.fields()))));
    }

    static VersionRow of(AssetVersion version) {
        String host = version.host();
        return new VersionRow(
                StorableText.cleaned(version.id()),
                micros(version.since()),
                micros(version.told()),
                host == null ? null : StorableText.cleaned(host),
                orNull(version.created()),
                orNull(version.ended()),
                null,
                StorableText.cleaned(Json.write(sorted(version.fields()))));
    }

    /** With the keys of all maps in order, so that the same says the same. */
    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> all = new TreeMap<>();
                map.forEach((key, one) -> all.put(String.valueOf(key), sorted(one)));
                yield all;
            }
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>(list.size());
                list.forEach(one -> all.add(sorted(one)));
                yield all;
            }
            case null -> null;
            default -> value;
        };
    }

    /** What is out of range becomes the end of the range: a message with such a time is not held up by it. */
    private static long micros(Instant time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
    }

    private static @Nullable Long orNull(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }

    /** The same with what {@code before} knew and this does not tell. */
    VersionRow over(VersionRow before) {
        Map<String, @Nullable Object> all = new TreeMap<>(read(before.fields));
        all.putAll(read(fields));
        return new VersionRow(
                id,
                since,
                told,
                host,
                launched == null ? before.launched : launched,
                terminated,
                unseen,
                Json.write(all));
    }

    /** Whether nothing but its times differs. */
    boolean saysSame(VersionRow that) {
        return equal(host, that.host)
                && equal(launched, that.launched)
                && equal(terminated, that.terminated)
                && fields.equals(that.fields);
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }

    int share() {
        return HostShare.of(host);
    }

    /** Fields as {@link #fields} has them. */
    public static Map<String, @Nullable Object> read(String json) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        try {
            if (Json.parse(json) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds an instance whose fields are not JSON: " + json, e);
        }
        return fields;
    }
}
