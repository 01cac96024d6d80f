// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CleanupKind;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.model.UsageStep;
import io.nephometer.store.ledger.CleanupDesk;
import io.nephometer.store.ledger.CleanupDesk.Attempt;
import io.nephometer.store.ledger.CleanupDesk.Carry;
import io.nephometer.store.ledger.CleanupView.Entry;
import io.nephometer.store.ledger.CleanupView.Target;
import io.nephometer.store.ledger.InventoryReader.Ended;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is to be removed after instances; on every engine. */
abstract class CleanupContract {
    private static final Instant T = Instant.parse("2026-11-22T01:00:00Z");
    private static final Target GONE = new Target(CleanupKind.ENDED, "gone", "h1");

    abstract LedgerFixture fixture();

    private CleanupDesk desk() {
        return fixture().ledger().cleanups();
    }

    private void instance(String id, @Nullable String host, @Nullable Instant ended) {
        fixture()
                .ledger()
                .inventoryDesk()
                .put(List.of(new InstanceVersion(id, T, T, host, T.minusSeconds(60), ended, Map.of())));
    }

    private List<String> ended(Instant before) {
        List<String> ids = new ArrayList<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            fixture().ledger().inventory().ended(before, share, 10).stream()
                    .map(Ended::instance)
                    .forEach(ids::add);
        }
        return ids;
    }

    private static Instant tick(int number) {
        return T.plus(Duration.ofMinutes(5L * number));
    }

    @Test
    void anAttemptCountsOnceInATick_andThereAreNeverMoreThanTheMost() {
        assertThat(desk().attempt(GONE, tick(1), 3, "a")).isEqualTo(new Attempt(true, 1, null));
        assertThat(desk().attempt(GONE, tick(1), 3, "b")).isEqualTo(new Attempt(false, 1, null));
        assertThat(desk().attempt(GONE, tick(0), 3, "c")).isEqualTo(new Attempt(false, 1, null));
        assertThat(desk().attempt(GONE, tick(2), 3, "d")).isEqualTo(new Attempt(true, 2, null));
        assertThat(desk().attempt(GONE, tick(3), 3, "e")).isEqualTo(new Attempt(true, 3, tick(3)));
        assertThat(desk().attempt(GONE, tick(4), 3, "f")).isEqualTo(new Attempt(false, 3, tick(3)));
        assertThat(desk().attempt(GONE, tick(5), 9, "g")).isEqualTo(new Attempt(false, 3, tick(3)));
        assertThat(desk().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.detail()).isEqualTo("e");
            assertThat(entry.lastTried()).isEqualTo(tick(3));
        });
        assertThat(desk().unsettled(CleanupKind.ENDED)).hasSize(1);
        assertThat(desk().givenUp(tick(3))).isEmpty();
        assertThat(desk().givenUp(tick(2))).extracting(Entry::attempts).containsExactly(3);
    }

    @Test
    void whatMayBecomeSoAgainBeginsAnew() {
        Target deleted = new Target(CleanupKind.SOFT_DELETED, "gone", "h1");
        desk().attempt(deleted, tick(1), 1, "");
        desk().attempt(GONE, tick(1), 5, "");
        assertThat(desk().unsettled(CleanupKind.SOFT_DELETED)).hasSize(1);
        desk().settle(deleted, tick(2));
        assertThat(desk().unsettled(CleanupKind.SOFT_DELETED)).isEmpty();
        assertThat(desk().unsettled(CleanupKind.ENDED)).hasSize(1);
        assertThat(desk().attempt(deleted, tick(3), 5, "")).isEqualTo(new Attempt(true, 1, null));
    }

    /** Attempts at what is Nova's would begin anew if they were forgotten, as long as it is there. */
    @Test
    void whatWasGivenUpIsForgottenWithItsInstance() {
        instance("there", "h1", null);
        Target there = new Target(CleanupKind.SOFT_DELETED, "there", "h1");
        Target away = new Target(CleanupKind.SOFT_DELETED, "away", "h1");
        for (Target target : List.of(there, away, GONE)) {
            desk().attempt(target, tick(1), 1, "");
        }
        desk().attempt(new Target(CleanupKind.ENDED, "tried", "h1"), tick(1), 5, "");
        RetentionPolicy policy = new RetentionPolicy(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));
        Duration since = Duration.between(tick(1), fixture().clock().instant());
        fixture().clock().advance(Duration.ofDays(3).minus(since));
        fixture().ledger().retain(policy, 1_000);
        assertThat(desk().entries()).hasSize(4);
        fixture().clock().advance(Duration.ofSeconds(1));
        fixture().ledger().retain(policy, 1_000);
        assertThat(desk().entries()).extracting(Entry::target).containsExactly(there);
    }

    @Test
    void twoWhoCountAtOnceCountOneEach() throws ExecutionException, InterruptedException {
        int writers = 4;
        int each = 10;
        List<Future<Integer>> counted = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int writer = 0; writer < writers; writer++) {
                counted.add(threads.submit(() -> {
                    int mine = 0;
                    for (int number = 1; number <= each; number++) {
                        mine += desk().attempt(GONE, tick(number), 1_000, "").counted() ? 1 : 0;
                    }
                    return mine;
                }));
            }
        }
        int sum = 0;
        for (Future<Integer> mine : counted) {
            sum += mine.get();
        }
        // however they overlap, each tick was counted once, and none was lost
        assertThat(sum).isBetween(1, each);
        assertThat(desk().entries().getFirst().attempts()).isEqualTo(sum);
        assertThat(desk().entries().getFirst().lastTried()).isEqualTo(tick(each));
    }

    @Test
    void endedOnesAreListedUntilTheyAreSettledOrGivenUp() {
        instance("lives", "h1", null);
        instance("gone", "h1", T);
        instance("nowhere", null, T);
        assertThat(ended(T)).isEmpty();
        assertThat(ended(T.plusSeconds(1))).containsExactlyInAnyOrder("gone", "nowhere");
        desk().attempt(GONE, tick(1), 5, "");
        assertThat(ended(T.plusSeconds(1))).contains("gone");
        desk().settle(GONE, tick(2));
        assertThat(ended(T.plusSeconds(1))).containsExactly("nowhere");
        desk().attempt(new Target(CleanupKind.ENDED, "nowhere", null), tick(2), 1, "");
        assertThat(ended(T.plusSeconds(1))).isEmpty();
        assertThat(desk().entries())
                .extracting(entry ->
                        entry.target().instance() + " " + entry.target().host())
                .containsExactly("nowhere null", "gone h1");
    }

    @Test
    void onlyWhatIsLeftOfAnInstanceThatHasEndedIsRemoved() {
        instance("gone", "h1", T);
        instance("lives", "h1", null);
        Period hour = new Period(T.minusSeconds(3600), T);
        fixture().ledger().counts().count("bw", hour, List.of(step("gone/m1"), step("gone/m2"), step("lives/m1")));
        assertThat(desk().staleCarries(T)).isEmpty();
        List<Carry> stale = desk().staleCarries(T.plusSeconds(1));
        assertThat(stale).extracting(Carry::subject).containsExactly("gone/m1", "gone/m2", "lives/m1");
        Carry ofTheLiving = stale.getLast();
        assertThat(desk().clean(new Target(CleanupKind.ENDED, "lives", "h1"), List.of(ofTheLiving), tick(1)))
                .isFalse();
        assertThat(desk().clean(GONE, stale.subList(0, 2), tick(1))).isTrue();
        assertThat(desk().clean(GONE, stale.subList(0, 2), tick(2))).isTrue();
        assertThat(desk().staleCarries(T.plusSeconds(1))).containsExactly(ofTheLiving);
        assertThat(desk().entries()).extracting(Entry::settled).containsExactly(tick(1));
        assertThat(desk().attempt(GONE, tick(3), 5, "").counted()).isFalse();
    }

    /** Nova's rows may be archived, and ours forgotten, while somebody still has them on his list. */
    @Test
    void whatIsNotThereAnyMoreIsDone() {
        assertThat(desk().clean(GONE, List.of(), tick(1))).isTrue();
        assertThat(desk().entries()).extracting(Entry::settled).containsExactly(tick(1));
    }

    private static UsageStep step(String subject) {
        return new UsageStep(subject, 0, null, Map.of(), Map.of());
    }
}
