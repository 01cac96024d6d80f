// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.KnownInstance.Gone;
import io.nephometer.inventory.shared.KnownInstance.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What agents and collectors may rely on, on every engine. */
public abstract class SharedCacheContract {
    private static final Instant DELETED = Instant.parse("2026-03-01T10:00:00.123Z");

    protected abstract SharedCacheFixture fixture();

    private SharedCache cache() {
        return fixture().cache();
    }

    private HostView host(String name, Edition known) throws SharedCacheException {
        return cache().host(name, known);
    }

    private Edition edition(String name) throws SharedCacheException {
        return Objects.requireNonNull(cache().host(name, null).edition(), "edition");
    }

    @Test
    void anEmptyCacheSaysThatItIsNotFilled() throws Exception {
        Head head = cache().head();

        assertThat(head.isFilled()).isFalse();
        assertThat(head.refreshRecord()).isNull();
        assertThat(head.seat()).isNull();
        assertThat(head.seatLeft()).isEqualTo(Duration.ZERO);
        assertThat(head.wanted()).isNull();
        assertThat(head.refusedWrites()).isZero();
        HostView view = cache().host("h1", null);
        assertThat(view.edition()).isNull();
        assertThat(view.entries()).isNull();
        assertThat(cache().instances(List.of("a"))).isEmpty();
        assertThat(fixture().put("a", "h1", "1")).isEqualTo(Amended.NOT_FILLED);
        assertThat(fixture().amend(new Amendment.Delete("a", 0, DELETED))).isEqualTo(Amended.NOT_FILLED);
    }

    @Test
    void incarnationIsOneForAllUntilTheCacheIsEmptied() throws Exception {
        String before = cache().head().incarnation();
        assertThat(fixture().other().head().incarnation()).isEqualTo(before).isNotBlank();

        fixture().empty();

        assertThat(cache().head().incarnation()).isNotEqualTo(before);
    }

    @Test
    void aHostHasItsInstancesAndNoOther() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h2", "2"), entry("c", Entry.NOWHERE, "3"));

        assertThat(fixture().on("h1")).containsExactly("a=1");
        assertThat(fixture().on("h2")).containsExactly("b=2");
        assertThat(fixture().on(Entry.NOWHERE)).containsExactly("c=3");
        assertThat(fixture().on("h3")).isEmpty();
        assertThat(cache().host("h1", null).entries()).allSatisfy((id, entry) -> {
            assertThat(entry.id()).isEqualTo(id);
            assertThat(entry.host()).isEqualTo("h1");
            assertThat(entry.revision()).isPositive();
        });
    }

    @Test
    void whatAReaderHasIsNotSentAgainUntilItsHostChanges() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h2", "2"));
        Edition known = edition("h1");

        assertThat(host("h1", known).entries()).isNull();
        fixture().put("b", "h2", "other");
        assertThat(host("h1", known)).satisfies(view -> {
            assertThat(view.entries()).isNull();
            assertThat(view.edition()).isEqualTo(known);
        });
        fixture().put("a", "h1", "new");
        HostView moved = host("h1", known);
        assertThat(moved.entries())
                .hasEntrySatisfying("a", entry -> assertThat(entry.body()).isEqualTo("new"));
        assertThat(moved.edition()).isNotEqualTo(known);
    }

    @Test
    void whatAReaderHasOfAnotherSetIsSentAnew() throws Exception {
        RefresherSeat seat = fixture().filled(entry("a", "h1", "1"));
        Edition known = edition("h1");

        SharedCacheFixture.show(seat, entry("a", "h1", "2"));

        assertThat(host("h1", known).entries()).hasSize(1);
        assertThat(edition("h1").set()).isNotEqualTo(known.set());
    }

    @Test
    void whatAReaderHasFromBeforeTheCacheWasEmptiedIsSentAnew() throws Exception {
        fixture().filled(entry("a", "h1", "1"));
        Edition known = edition("h1");

        fixture().empty();
        assertThat(host("h1", known).edition()).isNull();
        fixture().filled(entry("a", "h1", "2"));

        assertThat(host("h1", known).entries()).hasSize(1);
    }

    @Test
    void anInstanceThatMovesLeavesItsHost() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "2"));
        Edition left = edition("h1");
        Edition entered = edition("h2");

        assertThat(fixture().put("a", "h2", "moved")).isEqualTo(Amended.DONE);

        assertThat(fixture().on("h1")).containsExactly("b=2");
        assertThat(fixture().on("h2")).containsExactly("a=moved");
        assertThat(host("h1", left).entries()).isNotNull();
        assertThat(host("h2", entered).entries()).isNotNull();
    }

    @Test
    void aHostThatLostItsLastInstanceAndGotItBackIsNotWhatItWas() throws Exception {
        fixture().filled(entry("a", "h1", "1"));
        Edition first = edition("h1");
        fixture().put("a", "h2", "1");
        Edition without = edition("h1");
        fixture().put("a", "h1", "2");

        assertThat(host("h1", first).entries()).hasSize(1);
        assertThat(host("h1", without).entries()).hasSize(1);
    }

    @Test
    void aDeletedInstanceIsRememberedAndNotPutBack() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "2"));
        long revision = fixture().revision("a");

        assertThat(fixture().amend(new Amendment.Delete("a", revision, DELETED)))
                .isEqualTo(Amended.DONE);

        assertThat(fixture().on("h1")).containsExactly("b=2");
        assertThat(cache().instances(List.of("a"))).isEqualTo(Map.of("a", new Gone(DELETED, "1")));
        assertThat(fixture().put("a", "h1", "late")).isEqualTo(Amended.GONE);
        assertThat(fixture().amend(new Amendment.Put("a", revision, "h1", "late")))
                .isEqualTo(Amended.GONE);
        assertThat(fixture().amend(new Amendment.Delete("a", revision, DELETED.plusSeconds(1))))
                .isEqualTo(Amended.GONE);
        assertThat(cache().instances(List.of("a"))).isEqualTo(Map.of("a", new Gone(DELETED, "1")));
    }

    @Test
    void anUnknownInstanceCanBeDeletedSoThatItDoesNotAppearLater() throws Exception {
        fixture().filled();

        assertThat(fixture().amend(new Amendment.Delete("a", 0, DELETED))).isEqualTo(Amended.DONE);

        assertThat(cache().instances(List.of("a"))).isEqualTo(Map.of("a", new Gone(DELETED, null)));
        assertThat(fixture().put("a", "h1", "late")).isEqualTo(Amended.GONE);
    }

    @Test
    void onlyWhoReadTheLatestMayChange() throws Exception {
        fixture().filled(entry("a", "h1", "1"));
        long read = fixture().revision("a");
        assertThat(fixture().put("a", "h1", "2")).isEqualTo(Amended.DONE);

        assertThat(fixture().amend(new Amendment.Put("a", read, "h1", "3"))).isEqualTo(Amended.CONFLICT);
        assertThat(fixture().amend(new Amendment.Put("a", 0, "h1", "3"))).isEqualTo(Amended.CONFLICT);
        assertThat(fixture().amend(new Amendment.Delete("a", read, DELETED))).isEqualTo(Amended.CONFLICT);
        assertThat(fixture().amend(new Amendment.Put("b", 999, "h1", "3"))).isEqualTo(Amended.CONFLICT);
        assertThat(fixture().on("h1")).containsExactly("a=2");
        assertThat(fixture().put("a", "h1", "2")).isEqualTo(Amended.DONE);
        assertThat(fixture().revision("a")).isNotEqualTo(read);
    }

    @Test
    void aRevisionFromBeforeTheCacheWasEmptiedIsNoLongerTheLatest() throws Exception {
        fixture().filled(entry("a", "h1", "1"));
        long read = fixture().revision("a");
        fixture().empty();
        fixture().filled(entry("a", "h1", "1"));

        assertThat(fixture().amend(new Amendment.Put("a", read, "h1", "2"))).isEqualTo(Amended.CONFLICT);
    }

    @Test
    void amendmentsAreAnsweredInTheirOrder() throws Exception {
        fixture().filled(entry("a", "h1", "1"), entry("b", "h1", "2"));

        List<Amended> answers = cache().amend(List.of(
                new Amendment.Put("c", 0, "h1", "3"),
                new Amendment.Put("b", 0, "h1", "3"),
                new Amendment.Delete("a", fixture().revision("a"), DELETED),
                new Amendment.Put("a", 0, "h1", "3")));

        assertThat(answers).containsExactly(Amended.DONE, Amended.CONFLICT, Amended.DONE, Amended.GONE);
        assertThat(fixture().on("h1")).containsExactly("b=2", "c=3");
        assertThat(cache().amend(List.of())).isEmpty();
    }

    @Test
    void anyTextIsKeptAsItIs() throws Exception {
        String odd = "ü€😀 \n\r\0\"'\\]] 7 ${x} %s; return redis.call('FLUSHALL') --" + "x".repeat(100_000);
        String host = "h{1}:v %}\n";
        fixture().filled(entry("id :1", host, odd));

        assertThat(fixture().on(host)).containsExactly("id :1=" + odd);
        assertThat(fixture().put("id :1", host, "")).isEqualTo(Amended.DONE);
        assertThat(fixture().on(host)).containsExactly("id :1=");
        assertThat(cache().instances(List.of("id :1")).get("id :1"))
                .isInstanceOfSatisfying(
                        Held.class, held -> assertThat(held.entry().host()).isEqualTo(host));
    }

    @Test
    void aWishStaysUntilARefreshThatBeganLaterIsRecorded() throws Exception {
        RefresherSeat seat = fixture().seat("r");
        cache().wantRefresh("first");
        long seen = cache().head().wishes();
        cache().wantRefresh("second");

        seat.record("{}", seen);
        assertThat(cache().head().wanted()).isEqualTo("second");

        seat.record("{}", cache().head().wishes());
        assertThat(cache().head().wanted()).isNull();
        seat.record("{}", 0);
        assertThat(cache().head().wanted()).isNull();
        assertThat(cache().head().refreshRecord()).isEqualTo("{}");
    }

    @Test
    void flavorsAndImagesAreKeptApartAndMoveTheirVersionOnlyWhenTheyChange() throws Exception {
        RefresherSeat seat = fixture().seat("r");
        seat.catalog(CatalogShelf.FLAVORS, Map.of("1", "small", "2", "large"));
        seat.catalog(CatalogShelf.IMAGES, Map.of("1", "debian"));

        assertThat(cache().catalog(CatalogShelf.FLAVORS, List.of("1", "3"))).isEqualTo(Map.of("1", "small"));
        assertThat(cache().catalog(CatalogShelf.IMAGES, List.of("1"))).isEqualTo(Map.of("1", "debian"));
        assertThat(cache().catalog(CatalogShelf.IMAGES, List.of())).isEmpty();

        Head before = cache().head();
        seat.catalog(CatalogShelf.FLAVORS, Map.of("1", "small"));
        seat.forget(CatalogShelf.FLAVORS, List.of("3"));
        assertThat(cache().head().flavors()).isEqualTo(before.flavors());
        seat.forget(CatalogShelf.FLAVORS, List.of("1"));
        assertThat(cache().head().flavors()).isGreaterThan(before.flavors());
        assertThat(cache().head().images()).isEqualTo(before.images());
        assertThat(cache().catalog(CatalogShelf.FLAVORS, List.of("1", "2"))).isEqualTo(Map.of("2", "large"));
        seat.catalog(CatalogShelf.IMAGES, Map.of("1", "fedora"));
        assertThat(cache().head().images()).isGreaterThan(before.images());
    }
}
