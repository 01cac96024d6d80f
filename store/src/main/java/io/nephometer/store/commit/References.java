// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Meter;
import java.util.EnumMap;
import java.util.Map;

/** What this process remembers of the dictionaries: committed references only. Forgotten whenever the store was lost. */
final class References {
    private static final int NAMES = 50_000;
    private static final int METERS = 10_000;
    private static final int VERSIONS = 50_000;
    private static final int MEMBERS = 50_000;

    private final Map<Dictionary, KnownIds<String>> names = new EnumMap<>(Dictionary.class);
    private final KnownIds<Meter> meters = new KnownIds<>(METERS);
    private final KnownIds<MetadataKey> metadata = new KnownIds<>(VERSIONS);

    private final KnownIds<String> members = new KnownIds<>(MEMBERS);

    References() {
        for (Dictionary dictionary : Dictionary.values()) {
            names.put(dictionary, new KnownIds<>(NAMES));
        }
    }

    KnownIds<String> names(Dictionary dictionary) {
        KnownIds<String> known = names.get(dictionary);
        if (known == null) {
            throw new IllegalStateException("no dictionary " + dictionary);
        }
        return known;
    }

    KnownIds<Meter> meters() {
        return meters;
    }

    KnownIds<MetadataKey> metadata() {
        return metadata;
    }

    /** Who measures slots, by {@link MemberBound}'s keys. */
    KnownIds<String> members() {
        return members;
    }

    /** The database may be another one when it comes back: restored, or emptied. */
    void forget() {
        names.values().forEach(KnownIds::clear);
        meters.clear();
        metadata.clear();
        members.clear();
    }
}
