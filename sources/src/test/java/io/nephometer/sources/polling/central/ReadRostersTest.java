// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.coordination.Partitions;
import io.nephometer.sources.polling.central.ReadRosters.Divided;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rosters for those who ask for them partition by partition. */
class ReadRostersTest {
    private static final String DISCOVERY = "tenant";
    private static final Instant BEGAN = Instant.parse("2026-11-28T10:00:00Z");

    private final KeptRosters kept = new KeptRosters();
    private final ReadRosters read = new ReadRosters(kept);

    private static Roster roster(Instant began, int resources) {
        return new Roster(
                began,
                IntStream.range(0, resources)
                        .mapToObj(i -> new Discovered("project-" + i, Map.of("name", "p" + i)))
                        .toList());
    }

    private Divided newest() throws Exception {
        return Objects.requireNonNull(read.newest(DISCOVERY));
    }

    @Test
    void thePartitionsTogetherHaveEachResourceOnce() throws Exception {
        Roster roster = roster(BEGAN, 1_000);
        kept.put(DISCOVERY, BEGAN, roster.text());

        Divided divided = newest();

        assertThat(divided.began()).isEqualTo(BEGAN);
        List<Discovered> all = IntStream.range(0, Partitions.COUNT)
                .boxed()
                .flatMap(partition -> divided.of(partition).stream())
                .toList();
        Comparator<Discovered> byId = Comparator.comparing(Discovered::id);
        assertThat(all.stream().sorted(byId))
                .isEqualTo(roster.resources().stream().sorted(byId).toList());
        assertThat(divided.of(7))
                .allSatisfy(one -> assertThat(Partitions.of(one.id())).isEqualTo(7));
    }

    @Test
    void whatIsTheSameIsReadOnce_andWhatIsNewIsRead() throws Exception {
        kept.put(DISCOVERY, BEGAN, roster(BEGAN, 10).text());
        Divided first = newest();
        assertThat(newest()).isSameAs(first);

        Instant next = BEGAN.plusSeconds(60);
        kept.put(DISCOVERY, next, roster(next, 12).text());
        Divided second = newest();
        assertThat(second.began()).isEqualTo(next);
        assertThat(IntStream.range(0, Partitions.COUNT)
                        .map(partition -> second.of(partition).size())
                        .sum())
                .isEqualTo(12);
    }

    @Test
    void whatIsNoRosterIsSaid_andForgottenWhenThereIsOne() throws Exception {
        assertThat(read.newest(DISCOVERY)).isNull();
        for (String text : Stream.of("", "[]", "{\"began\": 1}").toList()) {
            kept.put(DISCOVERY, BEGAN, text);
            assertThatThrownBy(() -> read.newest(DISCOVERY)).isInstanceOf(RostersException.class);
        }
        kept.put(DISCOVERY, BEGAN, roster(BEGAN, 3).text());
        assertThat(newest().began()).isEqualTo(BEGAN);
    }
}
