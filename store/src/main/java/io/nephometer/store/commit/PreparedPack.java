// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.MessageId;
import io.nephometer.model.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one message that share resource, project, user, time and metadata: one row.
 *
 * @param group what they share
 * @param metadataJson the metadata as stored
 * @param metadataHash of {@code metadataJson}
 * @param samples not empty, but where only the metadata is written
 * @param note if the metadata is provisional; null if it is complete
 */
record PreparedPack(
        Group group,
        String metadataJson,
        UUID metadataHash,
        List<Sample> samples,
        @Nullable PendingNote note) {
    /** With metadata that is complete. */
    PreparedPack(Group group, String metadataJson, UUID metadataHash, List<Sample> samples) {
        this(group, metadataJson, metadataHash, samples, null);
    }

    /** The same with metadata that is provisional. */
    PreparedPack noted(PendingNote pending) {
        return new PreparedPack(group, metadataJson, metadataHash, samples, pending);
    }

    static final short DERIVED = 0;
    static final short POLLED = 1;

    /** What the samples of one row share. Metadata are told apart by their text. */
    record Group(
            short kind,
            @Nullable String resource,
            @Nullable String project,
            @Nullable String user,
            long measured,
            String metadataJson) {}

    /** Adds the claims of polled samples to their own ids; the first one of an id counts. */
    void polledIntake(Map<UUID, IntakeRow> claims) {
        for (Sample sample : samples) {
            if (sample.origin() instanceof Sample.Origin.Polled(MessageId own)) {
                String text = own.isCanonical() ? null : own.text();
                claims.computeIfAbsent(own.key(), key -> new IntakeRow(key, text, content(sample)));
            }
        }
    }

    /** This row without the polled samples whose ids are not in {@code admitted}, from which those written are removed. */
    PreparedPack admittedOnly(Set<UUID> admitted) {
        if (group.kind() == DERIVED) {
            return this;
        }
        List<Sample> left =
                samples.stream().filter(sample -> admitted.remove(sample.id())).toList();
        return new PreparedPack(group, metadataJson, metadataHash, left, note);
    }

    private static BodyHash content(Sample sample) {
        String said = String.join(
                "\0",
                sample.meter().toString(),
                sample.volume().toString(),
                String.valueOf(sample.resourceId()),
                sample.timestamp().toString());
        return BodyHash.of(said.getBytes(StandardCharsets.UTF_8));
    }
}
