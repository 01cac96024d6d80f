// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How something of the cloud that is no instance was from some moment on.
 *
 * @param id unique among its kind
 * @param since when it became so, by the clock of the service that told it
 * @param told when that was told; of two versions that are of the same moment, the one told later counts
 * @param host the compute host that it is or is of; null if it is of none
 * @param created when it was made; null if that is not told
 * @param ended when it ended; null while it is there
 * @param fields what else is known; a value may be null
 */
public record AssetVersion(
        AssetKind kind,
        String id,
        Instant since,
        Instant told,
        @Nullable String host,
        @Nullable Instant created,
        @Nullable Instant ended,
        Map<String, @Nullable Object> fields) {
    public AssetVersion {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an asset without an id");
        }
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** A host may run several hypervisors, each with a name of its own. */
    public static String hostId(String host, String node) {
        return host + "/" + node;
    }

    /** A volume may be had by several instances at once. */
    public static String attachmentId(String volume, String instance) {
        return volume + "/" + instance;
    }

    /** A field that is a whole number; null if it is none, or not known. */
    public @Nullable Long number(String field) {
        return fields.get(field) instanceof Number number ? (Long) number.longValue() : null;
    }

    /** A field that is a text; null if it is none, or not known. */
    public @Nullable String text(String field) {
        return fields.get(field) instanceof String text ? text : null;
    }
}
