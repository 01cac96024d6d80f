// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an instance was from some moment on.
 *
 * @param id of the instance
 * @param since when it became so, by Nova's clock
 * @param told when that was told; of two versions that are of the same moment, the one told later counts
 * @param host where it runs; null while it is nowhere
 * @param launched when it was started last; null as long as it was not
 * @param terminated when it ended; null while it lives
 * @param unseen from when on it may have been so, or otherwise again, without anybody having seen it: nobody looked until this was seen; null if
 *     it became so at {@code since}
 * @param fields what else is known, under the names that Nova's notifications use; a value may be null
 */
public record InstanceVersion(
        String id,
        Instant since,
        Instant told,
        @Nullable String host,
        @Nullable Instant launched,
        @Nullable Instant terminated,
        @Nullable Instant unseen,
        Map<String, @Nullable Object> fields) {
    public InstanceVersion {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an instance without an id");
        }
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** One that became so at {@code since}. */
    public InstanceVersion(
            String id,
            Instant since,
            Instant told,
            @Nullable String host,
            @Nullable Instant launched,
            @Nullable Instant terminated,
            Map<String, @Nullable Object> fields) {
        this(id, since, told, host, launched, terminated, null, fields);
    }

    /** The same since another moment. */
    public InstanceVersion since(Instant other) {
        return new InstanceVersion(id, other, told, host, launched, terminated, unseen, fields);
    }

    /** The same where nobody looked after {@code seen}. */
    public InstanceVersion unseen(@Nullable Instant seen) {
        Instant from = seen == null || seen.isAfter(since) ? null : seen;
        return new InstanceVersion(id, since, told, host, launched, terminated, from, fields);
    }
}
