// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Sample;
import io.nephometer.runtime.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups the samples of a message into rows, in the order in which the groups first appear. */
final class PackingOrder {
    private PackingOrder() {}

    static List<PreparedPack> pack(List<Sample> samples) throws UnstorableException {
        if (samples.isEmpty()) {
            return List.of();
        }
        Map<PreparedPack.Group, List<Sample>> groups = new LinkedHashMap<>();
        Map<String, @Nullable Object> lastMetadata = samples.getFirst().metadata();
        String json = Json.write(lastMetadata);
        for (Sample sample : samples) {
            if (!sample.metadata().equals(lastMetadata)) {
                lastMetadata = sample.metadata();
                json = Json.write(lastMetadata);
            }
            groups.computeIfAbsent(group(sample, json), group -> new ArrayList<>())
                    .add(sample);
        }
        List<PreparedPack> packs = new ArrayList<>(groups.size());
        groups.forEach((group, members) ->
                packs.add(new PreparedPack(group, group.metadataJson(), hash(group.metadataJson()), members)));
        return packs;
    }

    private static PreparedPack.Group group(Sample sample, String json) throws UnstorableException {
        String meter = sample.meter().name();
        StorableText.name("the name of a meter", meter);
        StorableText.name("the unit of meter " + meter, sample.meter().unit());
        return new PreparedPack.Group(
                kind(sample.origin()),
                nameOrNull("the resource of meter " + meter, sample.resourceId()),
                nameOrNull("the project of meter " + meter, sample.projectId()),
                nameOrNull("the user of meter " + meter, sample.userId()),
                StorableText.micros("the time of meter " + meter, sample.timestamp()),
                json);
    }

    private static short kind(Sample.Origin origin) throws UnstorableException {
        return switch (origin) {
            case Sample.Origin.Derived derived -> PreparedPack.DERIVED;
            case Sample.Origin.Polled(var own) -> {
                StorableText.text("the message_id of a polled sample", own.text());
                yield PreparedPack.POLLED;
            }
            case Sample.Origin.Slotted slotted -> PreparedPack.POLLED;
        };
    }

    private static @Nullable String nameOrNull(String what, @Nullable String text) throws UnstorableException {
        return text == null ? null : StorableText.name(what, text);
    }

    static UUID hash(String json) {
        BodyHash hash = BodyHash.of(Bytes.utf8(json).unsafeArray());
        return new UUID(hash.high(), hash.low());
    }
}
