// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RendezvousTest {
    private static final int MEMBERSHIPS = 1_000;
    private static final List<String> UNITS = Stream.concat(
                    IntStream.range(0, Partitions.COUNT).mapToObj(number -> "tenant/" + number),
                    Stream.of("images", "volumes", "dynamic/octavia.lb"))
            .toList();

    @Test
    void nobodyOwnsAnythingAmongNobody() {
        assertThat(Rendezvous.owner("images", Set.of())).isEmpty();
    }

    /** Written down, so that a change of the hash, which would move everything in a rolling upgrade, is seen. */
    @Test
    void ownersAreTheSameInEachVersion() {
        Map<String, String> owners = owners(Set.of("agent-1", "agent-2", "agent-3"));

        assertThat(Stream.of("images", "volumes", "dynamic/octavia.lb", "tenant/0", "tenant/63")
                        .map(owners::get))
                .containsExactly("agent-1", "agent-1", "agent-3", "agent-1", "agent-1");
        assertThat(StableHash.of("")).isEqualTo(-780_787_492_076_525_413L);
        assertThat(Partitions.of("8a1b6f2c-0000-4000-8000-000000000001")).isEqualTo(47);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-%d", "host%04d.example.org", "%d"})
    void ofAThousandMembershipsAJoinOrLeaveMovesOneInNAndOnlyFromOrToWhoJoinsOrLeaves(String pattern) {
        Random random = new Random(20_261_128);
        double excess = 0;
        for (int membership = 0; membership < MEMBERSHIPS; membership++) {
            int size = 1 + random.nextInt(12);
            Set<String> before = names(random, pattern, size);
            String other = String.format(pattern, 5_000 + membership);
            Set<String> after = new HashSet<>(before);
            after.add(other);

            excess += moved(owners(before), owners(after), other) - 1.0 / after.size();
        }

        // A leave is the join backwards: the same keys move.
        assertThat(excess / MEMBERSHIPS).isLessThan(0.01);
    }

    private static Set<String> names(Random random, String pattern, int size) {
        Set<String> names = new HashSet<>();
        while (names.size() < size) {
            names.add(String.format(pattern, random.nextInt(5_000)));
        }
        return names;
    }

    private static double moved(Map<String, String> without, Map<String, String> with, String other) {
        Set<String> moved = new HashSet<>();
        with.forEach((unit, owner) -> {
            if (!owner.equals(without.get(unit))) {
                moved.add(unit);
                assertThat(owner).as("only to who joined").isEqualTo(other);
            }
        });
        return (double) moved.size() / UNITS.size();
    }

    private static Map<String, String> owners(Set<String> names) {
        Map<String, String> owners = new HashMap<>();
        UNITS.forEach(unit -> owners.put(unit, Rendezvous.owner(unit, names).orElseThrow()));
        return owners;
    }

    @Test
    void eachOwnsAlikeMany() {
        Map<String, Integer> owned = new HashMap<>();
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "agent-" + i).toList();
        for (int unit = 0; unit < 16_000; unit++) {
            owned.merge(Rendezvous.owner("unit/" + unit, names).orElseThrow(), 1, Integer::sum);
        }

        // 2,000 each; the deviation of a fair draw is 42.
        assertThat(owned).hasSize(8);
        assertThat(owned.values())
                .allSatisfy(count -> assertThat((double) count).isCloseTo(2_000, Offset.offset(210.0)));
    }

    @Test
    void resourcesAreSpreadOverAllPartitions() {
        int[] sizes = new int[Partitions.COUNT];
        for (int i = 0; i < 64_000; i++) {
            sizes[Partitions.of("project-" + i)]++;
        }

        // 1,000 each; the deviation of a fair draw is 31.
        assertThat(IntStream.of(sizes).boxed().toList())
                .allSatisfy(size -> assertThat(size).isBetween(840, 1_160));
    }
}
