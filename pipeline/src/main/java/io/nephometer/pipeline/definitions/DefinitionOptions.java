// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import java.util.List;
import java.util.Set;

/**
 * What applies to all definitions.
 *
 * @param dropUnmatchedNotifications whether a notification that no event definition is for gives no event; otherwise it gives
 *     one with the default traits
 * @param storeRaw priorities whose events keep the whole notification, in any case of letters
 * @param reservedMetadataNamespaces prefixes of the keys of a resource's own metadata that samples carry, without the prefix
 * @param reservedMetadataKeys further such keys
 * @param reservedMetadataLength texts of such metadata are cut to this many characters
 */
public record DefinitionOptions(
        boolean dropUnmatchedNotifications,
        Set<String> storeRaw,
        List<String> reservedMetadataNamespaces,
        List<String> reservedMetadataKeys,
        int reservedMetadataLength) {
    /** Every type gives an event, no event keeps its notification, {@code metering.} marks metadata for samples. */
    public static final DefinitionOptions DEFAULTS =
            new DefinitionOptions(false, Set.of(), List.of("metering."), List.of(), 256);

    public DefinitionOptions {
        storeRaw = Set.copyOf(storeRaw);
        reservedMetadataNamespaces = List.copyOf(reservedMetadataNamespaces);
        reservedMetadataKeys = List.copyOf(reservedMetadataKeys);
        if (reservedMetadataLength < 0) {
            throw new IllegalArgumentException("reserved_metadata_length is negative: " + reservedMetadataLength);
        }
    }
}
