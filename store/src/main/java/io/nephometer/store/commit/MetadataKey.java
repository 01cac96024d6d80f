// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.Comparator;
import java.util.UUID;

/**
 * One content of one resource's metadata from one kind of source.
 *
 * @param resource reference, 0 for none
 * @param kind 0 derived from notifications, 1 polled
 * @param hash of the content
 */
public record MetadataKey(int resource, short kind, UUID hash) implements Comparable<MetadataKey> {
    private static final Comparator<MetadataKey> ORDER = Comparator.comparingInt(MetadataKey::resource)
            .thenComparingInt(MetadataKey::kind)
            .thenComparing(MetadataKey::hash, IntakeRow.KEY_ORDER);

    @Override
    public int compareTo(MetadataKey that) {
        return ORDER.compare(this, that);
    }
}
