// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellPastTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");

    private static final CellPast.Unknown UNKNOWN =
            new CellPast.Unknown(Set.of("changed"), Set.of("resized"), Set.of("anew", "built-late"));

    private static InstanceVersion version(String id, @Nullable Long memory, String then) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("display_name", then);
        fields.put("state", then);
        fields.put("hostname", then.equals("then") ? null : then);
        fields.put("memory_mb", memory);
        fields.put("vcpus", memory == null ? null : memory / 1024);
        return new InstanceVersion(id, B, B, "host " + then, B.minusSeconds(60), null, fields);
    }

    /** What cells say today. */
    private static List<InstanceVersion> rows() {
        return List.of(
                version("as-it-was", 1024L, "today"),
                version("changed", 4096L, "today"),
                version("resized", 8192L, "today"));
    }

    private static OwnVersions.Answer complete(InstanceVersion... versions) {
        Map<String, InstanceVersion> known = new HashMap<>();
        List.of(versions).forEach(one -> known.put(one.id(), one));
        return new OwnVersions.Answer(true, known, List.of(), null);
    }

    @Test
    void aCompleteInventoryTellsHowThingsWere_andWhatWasThere() {
        CellPast past = new CellPast(complete(
                version("anew", 512L, "then"),
                version("as-it-was", 1L, "then"),
                version("changed", 1L, "then"),
                version("resized", 2048L, "then")));
        List<InstanceVersion> told = past.of(rows(), UNKNOWN);
        assertThat(told).extracting(InstanceVersion::id).containsExactly("anew", "as-it-was", "changed", "resized");
        assertThat(told).extracting(one -> one.fields().get("memory_mb")).containsExactly(512L, 1024L, 4096L, 2048L);
        assertThat(told).extracting(one -> one.fields().get("vcpus")).containsExactly(0L, 1L, 4L, 2L);
        assertThat(told)
                .extracting(one -> one.fields().get("display_name"))
                .containsExactly("then", "today", "then", "today");
        assertThat(told)
                .extracting(InstanceVersion::host)
                .containsExactly("host then", "host today", "host then", "host today");
        assertThat(told.get(2).fields()).containsEntry("state", "then").containsEntry("hostname", "today");
        assertThat(past.unsure()).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsUnsure() {
        CellPast past = new CellPast(OwnVersions.Answer.NOTHING);
        assertThat(past.of(rows(), UNKNOWN)).isEqualTo(rows());
        assertThat(past.unsure()).containsExactly("anew", "built-late", "resized");
        CellPast doubting = new CellPast(
                new OwnVersions.Answer(true, Map.of("anew", version("anew", 512L, "then")), List.of("anew"), null));
        assertThat(doubting.of(rows(), UNKNOWN)).hasSize(4);
        assertThat(doubting.unsure()).containsExactly("anew", "resized");
    }

    @Test
    void aSizeThatItDoesNotHaveEitherIsUnsure() {
        CellPast past = new CellPast(complete(version("resized", null, "then")));
        assertThat(past.of(rows(), UNKNOWN)).isEqualTo(rows());
        assertThat(past.unsure()).containsExactly("resized");
    }
}
