// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Fate;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the ledger knows of instances, as of any time; on every engine. */
abstract class InventoryContract {
    private static final String SOURCE = "nova";
    private static final Instant B = Instant.parse("2025-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2025-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);

    abstract LedgerFixture fixture();

    private InventoryDesk desk() {
        return fixture().ledger().inventoryDesk();
    }

    private InventoryReader reader() {
        return fixture().ledger().inventory();
    }

    private List<InstanceVersion> window(Period period) {
        List<InstanceVersion> all = new ArrayList<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            all.addAll(reader().window(SOURCE, period, share).instances());
        }
        return all;
    }

    private List<String> ids(Period period) {
        return window(period).stream().map(InstanceVersion::id).sorted().toList();
    }

    private InstanceVersion in(Period period, String id) {
        return window(period).stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private InstanceVersion only(Period period) {
        assertThat(window(period)).hasSize(1);
        return window(period).getFirst();
    }

    private static InstanceVersion version(
            String id, Instant since, @Nullable String host, @Nullable Instant launched, @Nullable Instant ended) {
        return version(id, since, since, host, launched, ended, Map.of());
    }

    private static InstanceVersion version(
            String id,
            Instant since,
            Instant told,
            @Nullable String host,
            @Nullable Instant launched,
            @Nullable Instant ended,
            Map<String, ?> fields) {
        return new InstanceVersion(id, since, told, host, launched, ended, new HashMap<>(fields));
    }

    private static InstanceVersion state(Instant since, Instant told, String state) {
        return version("i", since, told, "h1", B.minusSeconds(900), null, Map.of("state", state));
    }

    @Test
    void periodHasThoseThatLivedInIt_halfOpen() {
        Instant before = B.minusSeconds(500);
        desk().put(List.of(
                version("lives", before, "h1", before, null),
                version("ended-within", B.plusSeconds(9), "h1", before, B.plusSeconds(9)),
                version("ended-at-begin", B, "h1", before, B),
                version("ended-just-after-begin", B.plusSeconds(1), "h1", before, B.plusNanos(1_000)),
                version("launched-at-end", E, "h1", E, null),
                version("launched-just-before-end", E.minusSeconds(1), "h1", E.minusNanos(1_000), null),
                version("never-launched", before, "h1", null, null),
                version("on-no-host", before, null, before, null),
                version("ended-at-end", E, "h1", before, E)));
        assertThat(ids(HOUR))
                .containsExactly(
                        "ended-at-end",
                        "ended-just-after-begin",
                        "ended-within",
                        "launched-just-before-end",
                        "lives",
                        "on-no-host");
        // what ends with the period has not ended in it
        assertThat(in(HOUR, "ended-at-end").terminated()).isNull();
        assertThat(in(HOUR, "ended-within").terminated()).isEqualTo(B.plusSeconds(9));
    }

    @Test
    void thoseThatAreAskedFor_areFoundOnWhateverHost() {
        Instant before = B.minusSeconds(500);
        List<InstanceVersion> versions = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            versions.add(version("i-%03d".formatted(i), before, "h" + i % 40, before, i == 7 ? B : null));
        }
        desk().put(versions);
        List<String> asked = new ArrayList<>(List.of("not-known", "i-007"));
        versions.stream().skip(50).map(InstanceVersion::id).forEach(asked::add);
        assertThat(reader().window(SOURCE, HOUR, asked).instances())
                .extracting(InstanceVersion::id)
                .as("in order, in several statements, without what had ended")
                .isEqualTo(versions.stream().skip(50).map(InstanceVersion::id).toList());
        assertThat(reader().window(SOURCE, HOUR, List.of()).instances()).isEmpty();
    }

    @Test
    void instanceIsInOneShare_thatOfItsHostAtTheEnd() {
        Instant launched = B.minusSeconds(60);
        desk().put(List.of(
                version("i", launched, "h1", launched, null),
                version("i", B.plusSeconds(60), "h2", launched, null),
                version("i", E, "h3", launched, null)));
        assertThat(only(HOUR).host()).isEqualTo("h2");
        assertThat(reader().window(SOURCE, HOUR, HostShare.of("h2")).instances())
                .hasSize(1);
        assertThat(only(new Period(E, E.plusSeconds(3600))).host()).isEqualTo("h3");
        assertThat(only(new Period(B.minusSeconds(3600), B)).host()).isEqualTo("h1");
    }

    @Test
    void whatIsFirstKnownAfterTheEndCountsAsItIsKnown() {
        desk().put(List.of(version("i", E.plusSeconds(10), "h1", E.minusSeconds(5), null)));
        assertThat(only(HOUR).launched()).isEqualTo(E.minusSeconds(5));
        // known before, but not as launched
        desk().put(List.of(version("j", E.minusSeconds(30), null, null, null)));
        desk().put(List.of(version("j", E.plusSeconds(30), "h2", E.minusSeconds(20), null)));
        assertThat(ids(HOUR)).containsExactly("i", "j");
    }

    @Test
    void startedAgainAfterTheEndItIsStillTheInstanceOfTheStartBefore() {
        desk().put(List.of(version("i", B.minusSeconds(60), "h1", B.minusSeconds(60), null)));
        desk().put(List.of(version("i", E.plusSeconds(30), "h1", E.plusSeconds(20), null)));
        assertThat(only(HOUR).launched()).isEqualTo(B.minusSeconds(60));
    }

    @Test
    void olderNeverReplacesNewer_whateverTheOrder() {
        List<InstanceVersion> told = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            told.add(state(B.plusSeconds(i), B.plusSeconds(i), "s" + i));
        }
        Random random = new Random(3);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(told, random);
            told.forEach(version -> desk().put(List.of(version)));
            for (int i = 0; i < 30; i++) {
                Period asOf = new Period(B.minusSeconds(1), B.plusSeconds(i).plusNanos(1_000));
                assertThat(only(asOf).fields()).containsEntry("state", "s" + i);
            }
        }
    }

    @Test
    void ofOneMomentTheOneToldLaterCounts() {
        desk().put(List.of(state(B, B.plusSeconds(5), "later")));
        assertThat(desk().put(List.of(state(B, B.plusSeconds(4), "earlier")))).isZero();
        assertThat(only(HOUR).fields()).containsEntry("state", "later");
        assertThat(desk().put(List.of(state(B, B.plusSeconds(6), "latest")))).isOne();
        assertThat(only(HOUR).fields()).containsEntry("state", "latest");
    }

    @Test
    void whatIsToldInPartKeepsWhatWasKnown_andWhatIsToldToBeNothingIsNothing() {
        Instant launched = B.minusSeconds(1);
        desk().put(List.of(version("i", launched, launched, "h1", launched, null, Map.of("a", "é", "n", 5L))));
        Map<String, @Nullable Object> part = new HashMap<>();
        part.put("a", null);
        desk().put(List.of(new InstanceVersion("i", B, B, "h1", null, null, part)));
        assertThat(only(HOUR).fields()).containsEntry("a", null).containsEntry("n", 5L);
        assertThat(only(HOUR).launched()).isEqualTo(launched);
        // told again it is not a new version
        assertThat(desk().put(List.of(new InstanceVersion("i", B.plusSeconds(9), B, "h1", null, null, part))))
                .isZero();
    }

    /** Nobody looked between the end of the hour and what was seen next. */
    @Test
    void ofWhatWasSeenOtherwiseNextItIsNotCertainHowItWas() {
        Instant launched = B.minusSeconds(60);
        Instant next = E.plusSeconds(20);
        Instant seen = E.minusSeconds(20);
        Map<String, Object> small = Map.of("vcpus", 1, "state", "active");
        Map<String, Object> large = Map.of("vcpus", 4, "state", "active");
        desk().put(Stream.of("moved", "resized", "renamed", "told", "looked", "ended", "ended-large")
                .map(id -> new InstanceVersion(id, launched, launched, "h1", launched, null, small))
                .toList());
        desk().put(List.of(
                new InstanceVersion("moved", next, next, "h2", launched, null, seen, small),
                new InstanceVersion("resized", next, next, "h1", launched, null, seen, large),
                new InstanceVersion(
                        "renamed", next, next, "h1", launched, null, seen, Map.of("vcpus", 1, "display_name", "new")),
                new InstanceVersion("told", next, next, "h1", launched, null, null, large),
                new InstanceVersion("looked", next, next, "h1", launched, null, E, large),
                new InstanceVersion("ended", next, next, null, launched, next, seen, Map.of("state", "deleted")),
                new InstanceVersion("ended-large", next, next, null, launched, next, seen, large),
                new InstanceVersion("first", next, next, "h1", launched, null, seen, small)));
        List<String> unsure = new ArrayList<>();
        List<String> ofHosts = new ArrayList<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            unsure.addAll(reader().window(SOURCE, HOUR, InstanceShare.of(share)).unsure());
            ofHosts.addAll(reader().window(SOURCE, HOUR, share).unsure());
        }
        assertThat(unsure).containsExactlyInAnyOrder("moved", "resized", "ended-large", "first");
        assertThat(ofHosts).containsExactlyInAnyOrderElementsOf(unsure);
        assertThat(reader().window(SOURCE, HOUR, List.of("resized", "told")).unsure())
                .containsExactly("resized");
        assertThat(in(HOUR, "resized").fields()).containsEntry("vcpus", 1L);
    }

    /** Each is in one share, whatever its id is, and in the same after it has moved. */
    @Test
    void sharesOfInstancesAreOfTheirIds() {
        List<String> all = new ArrayList<>(List.of("", "-", "Instance", "g", "z", "é", "~"));
        all.remove("");
        for (int digit = 0; digit < 16; digit++) {
            all.add(Integer.toHexString(digit) + "5bf8351-e89c-5a81-a461-dba90810a7ab");
        }
        desk().put(all.stream().map(id -> version(id, B, "h1", B, null)).toList());
        List<String> found = new ArrayList<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            List<String> mine = ids(share);
            assertThat(mine).contains(all.get(all.size() - 16 + share));
            found.addAll(mine);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(all);
        List<String> before = ids(7);
        desk().put(all.stream()
                .map(id -> version(id, B.plusSeconds(9), "h2", B, null))
                .toList());
        assertThat(ids(7)).isEqualTo(before);
    }

    private List<String> ids(int share) {
        return reader().window(SOURCE, HOUR, InstanceShare.of(share)).instances().stream()
                .map(InstanceVersion::id)
                .toList();
    }

    @Test
    void timesAndTextsThatNoStoreCanKeepHoldNothingUp() {
        Map<String, @Nullable Object> odd = new HashMap<>();
        odd.put("display_name", "a\u0000b\ud800");
        odd.put("created_at", Double.POSITIVE_INFINITY);
        desk().put(List.of(new InstanceVersion("i", B, B, "h\u0000", Instant.MIN, Instant.MAX, odd)));
        assertThat(only(HOUR).fields().get("display_name")).asString().startsWith("a");
    }

    @Test
    void markMovesOnlyOverWindowsThatJoin() {
        assertThat(reader().mark(SOURCE)).isEmpty();
        assertThat(desk().complete(SOURCE, B, B.plusSeconds(100))).isTrue();
        assertThat(desk().complete(SOURCE, B.plusSeconds(101), B.plusSeconds(200)))
                .isFalse();
        assertThat(mark()).isEqualTo(B.plusSeconds(100));
        assertThat(desk().complete(SOURCE, B.plusSeconds(100), B.plusSeconds(160)))
                .isTrue();
        assertThat(desk().complete(SOURCE, B.plusSeconds(40), B.plusSeconds(150)))
                .isTrue();
        assertThat(mark()).isEqualTo(B.plusSeconds(160));
        assertThat(reader().mark(SOURCE).map(Mark::from)).contains(B);
        assertThat(reader().mark("other")).isEmpty();
        assertThat(reader().window(SOURCE, HOUR, 0).mark().map(Mark::until)).contains(B.plusSeconds(160));
    }

    @Test
    void markIsNeverLaterThanTheQuestion_byTheLedgersClock() {
        Instant now = fixture().ledger().audits().now();
        Instant begin = now.minusSeconds(1_000);
        Duration asked = Duration.ofSeconds(100);
        assertThat(desk().complete(SOURCE, begin, now.plusSeconds(1_800), asked))
                .isTrue();
        Instant later = fixture().ledger().audits().now();
        assertThat(mark()).isBetween(now.minusSeconds(101), later.minusSeconds(99));
        assertThat(reader().mark(SOURCE).map(Mark::future)).isEmpty();
        assertThat(desk().complete("other", now.plusSeconds(900), now.plusSeconds(1_800)))
                .isFalse();
        assertThat(reader().mark("other")).isEmpty();
    }

    private @Nullable Instant mark() {
        return reader().mark(SOURCE).map(Mark::until).orElse(null);
    }

    @Test
    void oneReadsASource_untilItsLeaseEnds() {
        Duration lease = Duration.ofMinutes(1);
        assertThat(desk().lease(SOURCE, "a", lease)).isTrue();
        assertThat(desk().lease(SOURCE, "b", lease)).isFalse();
        assertThat(desk().lease(SOURCE, "a", lease)).isTrue();
        assertThat(desk().lease("other", "b", lease)).isTrue();
        assertThat(reader().mark(SOURCE)).isEmpty();
        assertThat(desk().lease("short", "a", Duration.ofMillis(-1))).isTrue();
        assertThat(desk().lease("short", "b", lease)).isTrue();
        assertThat(desk().lease("short", "a", lease)).isFalse();
    }

    @Test
    void whatTwoReadingsOfAllLackHasEnded_whenItWasToldLast() {
        Instant launched = B.minusSeconds(100);
        desk().put(List.of(
                version("stays", launched, "h1", launched, null),
                version("goes", launched, "h1", launched, null),
                version("returns", launched, "h1", launched, null)));
        desk().put(List.of(version("stays", B, "h1", launched, null)));
        assertThat(desk().toldAllSince(B)).isZero();
        desk().put(List.of(
                version("stays", B.plusSeconds(50), "h1", launched, null),
                version("returns", B.plusSeconds(50), "h1", launched, null)));
        assertThat(desk().toldAllSince(B.plusSeconds(50))).isOne();
        assertThat(ids(HOUR)).containsExactly("returns", "stays");
        assertThat(ids(new Period(B.minusSeconds(3600), B))).containsExactly("goes", "returns", "stays");
    }

    @Test
    void whatANotificationTellsIsInItsCommit() {
        Instant launched = B.minusSeconds(60);
        var message = converted(1).telling(List.of(version("i", launched, "h1", launched, null)));
        assertThat(fixture().commit(message).fates()).containsExactly(Fate.EVENT);
        assertThat(ids(HOUR)).containsExactly("i");
        var again = converted(1).telling(List.of(version("j", launched, "h1", launched, null)));
        assertThat(fixture().commit(again).fates()).containsExactly(Fate.DUPLICATE);
        assertThat(ids(HOUR)).containsExactly("i");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        Instant now = fixture().clock().instant();
        Instant old = now.minus(Duration.ofDays(40));
        desk().put(List.of(
                version("old", old, "h1", old, old.plusSeconds(60)), version("lives", old, "h1", old, null)));
        Period then = new Period(old.minusSeconds(1), old.plusSeconds(30));
        assertThat(ids(then)).containsExactly("lives", "old");
        Duration month = Duration.ofDays(30);
        fixture().ledger().retain(new RetentionPolicy(month, month, month, month.multipliedBy(2)), 1_000);
        assertThat(ids(then)).as("audits go back so far").containsExactly("lives", "old");
        fixture().ledger().retain(new RetentionPolicy(month, month, month), 1_000);
        assertThat(ids(then)).containsExactly("lives");
    }
}
