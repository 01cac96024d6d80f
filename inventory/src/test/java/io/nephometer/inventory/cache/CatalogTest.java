// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static io.nephometer.inventory.cache.FakeCloud.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flavors and images across refreshes: changed, deleted, absent, too many. */
class CatalogTest {
    private final FakeCloud cloud = new FakeCloud();
    private final LocalInventory inventory = inventory(CacheOptions.DEFAULTS.withExpiry(Duration.ofDays(365)));

    private LocalInventory inventory(CacheOptions options) {
        return new LocalInventory(HOST, cloud, options, cloud.clock(), cloud::nanos);
    }

    private Refresh after(Duration time) {
        cloud.askedSince();
        cloud.pass(time);
        return inventory.refresh();
    }

    private Instance instance() {
        return inventory.instance("a").value().orElseThrow();
    }

    private void bootOne() {
        cloud.addFlavor("flavor-1");
        cloud.addImage("image-1");
        cloud.boot("a");
        cloud.pass(Duration.ofMinutes(10));
        inventory.refresh();
    }

    @Test
    void flavorsAndImages_areAskedForOnce() {
        bootOne();
        for (int cycle = 0; cycle < 60; cycle++) {
            after(Duration.ofMinutes(1));
            assertThat(cloud.asked).containsExactly("metadata_delta");
        }
        assertThat(instance().flavor()).isEqualTo(cloud.flavors.get("flavor-1"));
        assertThat(instance().image()).isEqualTo(cloud.images.get("image-1"));
        assertThat(inventory.flavor("flavor-1").age()).isEqualTo(Duration.ofHours(1));
        assertThat(inventory.flavor("flavor-2").origin()).isEqualTo(Origin.NONE);
    }

    @Test
    void serverThatIsResized_bringsItsNewFlavorInTheSameRefresh() {
        bootOne();
        cloud.addFlavor("flavor-2");
        cloud.update("a", old -> Servers.with(Servers.withFlavor(old, "flavor-2", null), cloud.novaNow(), Map.of()));
        after(Duration.ofMinutes(1));
        assertThat(cloud.asked).containsExactly("metadata_delta", "flavor");
        assertThat(instance().flavor()).isEqualTo(cloud.flavors.get("flavor-2"));
    }

    @Test
    void changedImage_isSeenWhenItsTimeIsOver() {
        bootOne();
        Image before = cloud.images.get("image-1");
        cloud.images.put(
                "image-1",
                new Image("image-1", "renamed", "active", null, null, null, null, null, 0, 0, null, null, Map.of()));
        after(Duration.ofHours(4));
        assertThat(instance().image()).isEqualTo(before);
        after(Duration.ofHours(2));
        assertThat(cloud.asked).contains("image");
        assertThat(instance().image()).isEqualTo(cloud.images.get("image-1"));
    }

    @Test
    void deletedImage_isSeenWhenItsTimeIsOver_andRememberedBriefly() {
        bootOne();
        cloud.images.clear();
        after(Duration.ofHours(6));
        assertThat(instance().image()).isNull();
        assertThat(inventory.image("image-1").value()).isEmpty();
        assertThat(inventory.image("image-1").origin()).isEqualTo(Origin.API);
        assertThat(inventory.report().images().absent()).isEqualTo(1);
        after(Duration.ofMinutes(4));
        assertThat(cloud.asked).doesNotContain("image");
        after(Duration.ofMinutes(1));
        assertThat(cloud.asked).contains("image");
    }

    @Test
    void flavorThatDoesNotExist_isNotAskedForInEachCycle() {
        cloud.boot("a");
        cloud.addImage("image-1");
        cloud.pass(Duration.ofMinutes(10));
        inventory.refresh();
        assertThat(instance().flavor()).isNull();
        after(Duration.ofMinutes(1));
        assertThat(cloud.asked).doesNotContain("flavor");
        cloud.addFlavor("flavor-1");
        after(Duration.ofMinutes(5));
        assertThat(instance().flavor()).isNotNull();
    }

    @Test
    void glanceDown_keepsWhatIsKnown_saysSo_andAsksOnceInARefresh() {
        bootOne();
        cloud.glanceFails = ApiFailure.UNREACHABLE;
        cloud.servers.put("b", Servers.withImage(cloud.boot("b"), "image-2"));
        cloud.servers.put("c", Servers.withImage(cloud.boot("c"), "image-3"));
        Refresh refresh = after(Duration.ofHours(6));
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.INCOMPLETE);
        assertThat(refresh.requests().images()).isEqualTo(1);
        assertThat(instance().image()).isNotNull();
        assertThat(inventory.instancesOf(HOST).value()).hasSize(3);
        assertThat(inventory.report().failures()).isZero();
        cloud.glanceFails = null;
        assertThat(after(Duration.ofMinutes(1)).outcome()).isEqualTo(Refresh.Outcome.DONE);
    }

    @Test
    void embeddedFlavors_areNotAskedFor_onlyTheirIdsOnce() {
        Flavor embedded = new Flavor(null, "m1.flavor-1", 1, 512, 1, 0, 0, Map.of("quota", "1"));
        Flavor gone = new Flavor(null, "m1.gone", 1, 512, 1, 0, 0, Map.of());
        cloud.addFlavor("flavor-1");
        cloud.addImage("image-1");
        cloud.servers.put("a", Servers.withFlavor(cloud.boot("a"), null, embedded));
        cloud.servers.put("b", Servers.withFlavor(cloud.boot("b"), null, gone));
        cloud.pass(Duration.ofMinutes(10));
        inventory.refresh();
        assertThat(cloud.asked).containsExactly("metadata_full", "flavors", "image");
        assertThat(instance().flavor())
                .isEqualTo(new Flavor("flavor-1", "m1.flavor-1", 1, 512, 1, 0, 0, Map.of("quota", "1")));
        assertThat(inventory.instance("b").value().orElseThrow().flavor()).isEqualTo(gone);
        assertThat(inventory.flavor("flavor-1").value()).hasValue(cloud.flavors.get("flavor-1"));
        after(Duration.ofMinutes(1));
        assertThat(cloud.asked).containsExactly("metadata_delta");
    }

    @Test
    void flavorOfTheSameNameWithOtherSizes_isAnother() {
        Flavor embedded = new Flavor(null, "m1.flavor-1", 2, 512, 1, 0, 0, Map.of());
        cloud.addFlavor("flavor-1");
        cloud.servers.put("a", Servers.withFlavor(cloud.boot("a"), null, embedded));
        inventory.refresh();
        assertThat(instance().flavor()).isEqualTo(embedded);
    }

    @Test
    void moreImagesInUseThanTheBound_areCounted_andTheOthersStayHeld() {
        LocalInventory small = inventory(CacheOptions.DEFAULTS.bounded(100, 2, 1));
        cloud.addFlavor("flavor-1");
        for (int i = 1; i <= 3; i++) {
            cloud.addImage("image-" + i);
            cloud.servers.put("s" + i, Servers.withImage(cloud.boot("s" + i), "image-" + i));
        }
        small.refresh();
        cloud.pass(Duration.ofMinutes(1));
        cloud.askedSince();
        small.refresh();
        assertThat(cloud.asked).containsExactly("metadata_delta");
        assertThat(small.report().images().entries()).isEqualTo(2);
        assertThat(small.report().counts().events()).containsEntry("beyond_bound", 2L);
    }

    @Test
    void shelf_forgetsWhatWasUsedLongestAgo() {
        Shelf<String> shelf = new Shelf<>("h", Duration.ofHours(1), Duration.ofMinutes(1), 2);
        shelf.put("a", Optional.of("A"), FakeCloud.START, 0);
        shelf.put("b", Optional.of("B"), FakeCloud.START, 0);
        shelf.find("a");
        shelf.put("c", Optional.of("C"), FakeCloud.START, 0);
        assertThat(shelf.copy()).containsOnlyKeys("a", "c");
    }
}
