// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ids for flavors that come without: of what is listed, was listed, was never listed. */
class FlavorIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Flavor SMALL = flavor("id-small", "small", Map.of());
    private static final Flavor LARGE = flavor("id-large", "large", Map.of("class", "gold"));

    private final FlavorIds ids = new FlavorIds(Duration.ofDays(1), 3);

    private static Flavor flavor(@Nullable String id, String name, Map<String, String> specs) {
        return new Flavor(id, name, 2, 4096, 20, 0, 0, specs);
    }

    private void list(Flavor... all) {
        ids.list(List.of(all), List.of(), NOW, 0);
    }

    private @Nullable String idOf(Flavor flavor) {
        return ids.named(flavor.withId(null)).id();
    }

    @Test
    void flavorThatWasDeleted_keepsItsId_whenTheListIsReadAgain() {
        list(SMALL, LARGE);
        list(SMALL);
        assertThat(idOf(LARGE)).isEqualTo("id-large");
        assertThat(idOf(SMALL)).isEqualTo("id-small");
        ids.forgetList();
        list(SMALL);
        assertThat(idOf(LARGE)).isEqualTo("id-large");
    }

    @Test
    void flavorThatWasNeverListed_hasNoId() {
        list(SMALL);
        assertThat(idOf(LARGE)).isNull();
    }

    @Test
    void flavorThatWasMadeAnewWithOtherSpecs_andTheOneBefore_haveTheirOwnIds() {
        Flavor anew = flavor("id-anew", "large", Map.of("class", "silver"));
        list(SMALL, LARGE);
        list(SMALL, anew);
        assertThat(idOf(LARGE)).isEqualTo("id-large");
        assertThat(idOf(anew)).isEqualTo("id-anew");
    }

    @Test
    void flavorThatWasMadeAnewJustTheSame_hasTheNewId() {
        list(SMALL, LARGE);
        list(SMALL, LARGE.withId("id-anew"));
        assertThat(idOf(LARGE)).isEqualTo("id-anew");
    }

    @Test
    void specsThatNovaDoesNotTellOfTheServer_doNotMatter() {
        list(SMALL, LARGE);
        assertThat(idOf(LARGE.withExtraSpecs(Map.of()))).isEqualTo("id-large");
    }

    @Test
    void flavorThatIsNotListed_isLookedForOnceInAnHour_whoeverElseIsLookedForMeanwhile() {
        Set<Flavor> large = Set.of(LARGE.withId(null));
        list(SMALL, LARGE);
        list(SMALL);
        assertThat(ids.needsList(large, 1)).isTrue();
        ids.list(List.of(SMALL), large, NOW, 1);
        assertThat(ids.needsList(large, 2)).isFalse();
        ids.list(List.of(SMALL), Set.of(flavor(null, "other", Map.of())), NOW, 3);
        assertThat(ids.needsList(large, 4)).isFalse();
        assertThat(ids.needsList(large, Duration.ofHours(1).toNanos() + 3)).isTrue();
        ids.forgetList();
        assertThat(ids.needsList(large, 5)).isTrue();
    }

    @Test
    void beyondTheBound_whatWasListedLongestAgoIsForgotten() {
        list(LARGE);
        list(SMALL, flavor("id-2", "two", Map.of()), flavor("id-3", "three", Map.of()));
        assertThat(idOf(LARGE)).isNull();
        assertThat(idOf(SMALL)).isEqualTo("id-small");
    }

    @Test
    void clear_forgetsAll() {
        list(SMALL);
        ids.clear();
        assertThat(idOf(SMALL)).isNull();
    }
}
