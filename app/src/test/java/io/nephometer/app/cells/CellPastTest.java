// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CellPastTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant NEEDED = E.plusSeconds(60);
    private static final Period HOUR = new Period(B, E);

    private static final CellPast.Unknown UNKNOWN =
            new CellPast.Unknown(Set.of("resized"), Set.of("anew", "built-late"));

    private static InstanceVersion version(String id, @Nullable Long memory, String name) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("display_name", name);
        fields.put("memory_mb", memory);
        fields.put("vcpus", memory == null ? null : memory / 1024);
        return new InstanceVersion(id, B, B, "h1", B.minusSeconds(60), null, fields);
    }

    /** What cells say today. */
    private static List<InstanceVersion> rows() {
        return List.of(version("as-it-was", 1024L, "today"), version("resized", 8192L, "today"));
    }

    private record Own(Instant from, Instant until, List<InstanceVersion> versions) implements Inventory {
        @Override
        public Place place(Instant needed) {
            return new Place("primary", from, until);
        }

        @Override
        public Window window(Period period, int share, Instant needed) {
            return new Window(place(needed), share == 3 ? versions : List.of());
        }
    }

    @Test
    void aCompleteInventoryTellsTheSizeOfThen_andWhatWasThere() throws AuditException {
        Own own = new Own(
                B,
                NEEDED,
                List.of(
                        version("anew", 512L, "then"),
                        version("as-it-was", 1L, "then"),
                        version("resized", 2048L, "then")));
        CellPast past = new CellPast(own, HOUR, NEEDED);
        List<InstanceVersion> told = past.of(rows(), UNKNOWN);
        assertThat(told).extracting(InstanceVersion::id).containsExactly("anew", "as-it-was", "resized");
        assertThat(told).extracting(one -> one.fields().get("memory_mb")).containsExactly(512L, 1024L, 2048L);
        assertThat(told).extracting(one -> one.fields().get("vcpus")).containsExactly(0L, 1L, 2L);
        assertThat(told.get(2).fields()).as("only its size is of then").containsEntry("display_name", "today");
        assertThat(past.unsure()).isEmpty();
    }

    @Test
    void oneThatIsNotCompleteOfThePeriodIsNotBelieved() throws AuditException {
        List<InstanceVersion> all = List.of(version("anew", 512L, "then"), version("resized", 2048L, "then"));
        for (Own own : List.of(new Own(B.plusNanos(1), NEEDED, all), new Own(B, NEEDED.minusNanos(1), all))) {
            CellPast past = new CellPast(own, HOUR, NEEDED);
            assertThat(past.of(rows(), UNKNOWN)).isEqualTo(rows());
            assertThat(past.unsure()).containsExactly("anew", "built-late", "resized");
        }
        CellPast alone = new CellPast(CellInventory.NO_OTHER, HOUR, NEEDED);
        assertThat(alone.of(rows(), UNKNOWN)).isEqualTo(rows());
        assertThat(alone.unsure()).containsExactly("anew", "built-late", "resized");
    }

    @Test
    void aSizeThatItDoesNotHaveEitherIsUnsure() throws AuditException {
        Own own = new Own(B, NEEDED, List.of(version("resized", null, "then")));
        CellPast past = new CellPast(own, HOUR, NEEDED);
        assertThat(past.of(rows(), UNKNOWN)).isEqualTo(rows());
        assertThat(past.unsure()).containsExactly("resized");
    }

    @Test
    void nobodyIsAskedWhileAllIsCertain() throws AuditException {
        Inventory away = new Inventory() {
            @Override
            public Place place(Instant needed) throws AuditException {
                throw new AuditException("away", null);
            }

            @Override
            public Window window(Period period, int share, Instant needed) throws AuditException {
                throw new AuditException("away", null);
            }
        };
        CellPast past = new CellPast(away, HOUR, NEEDED);
        assertThat(past.of(rows(), new CellPast.Unknown(Set.of(), Set.of()))).isEqualTo(rows());
    }
}
