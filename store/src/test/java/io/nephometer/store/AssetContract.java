// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.HostShare;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger knows of hosts, flavors, volumes and attachments, as of any time; on every engine. */
abstract class AssetContract {
    private static final String SOURCE = "nova/host";
    private static final Instant T = Instant.parse("2025-11-22T01:00:00Z");

    abstract LedgerFixture fixture();

    private InventoryDesk desk() {
        return fixture().ledger().inventoryDesk();
    }

    private InventoryReader reader() {
        return fixture().ledger().inventory();
    }

    private List<AssetVersion> at(AssetKind kind, Instant at) {
        return reader().assets(SOURCE, kind, at).assets();
    }

    private List<String> ids(AssetKind kind, Instant at) {
        return at(kind, at).stream().map(AssetVersion::id).toList();
    }

    private static AssetVersion asset(
            AssetKind kind, String id, Instant since, @Nullable Instant ended, Map<String, ?> fields) {
        return new AssetVersion(kind, id, since, since, "h1", null, ended, new HashMap<>(fields));
    }

    @ParameterizedTest
    @EnumSource
    void eachKindIsAsItWasAtATime(AssetKind kind) {
        desk().putAssets(List.of(
                asset(kind, "a", T, null, Map.of("size", 1L)),
                asset(kind, "a", T.plusSeconds(60), null, Map.of("size", 2L)),
                asset(kind, "b", T.plusSeconds(10), null, Map.of()),
                asset(kind, "b", T.plusSeconds(20), T.plusSeconds(20), Map.of())));
        assertThat(ids(kind, T.minusSeconds(1))).isEmpty();
        assertThat(at(kind, T.plusSeconds(59)))
                .extracting(one -> one.number("size"))
                .containsExactly(1L);
        assertThat(at(kind, T.plusSeconds(60)).getFirst().number("size")).isEqualTo(2L);
        assertThat(ids(kind, T.plusSeconds(19))).containsExactly("a", "b");
        assertThat(ids(kind, T.plusSeconds(20))).containsExactly("a");
        // of the other kinds nothing was told
        for (AssetKind other : AssetKind.values()) {
            assertThat(ids(other, T.plusSeconds(60))).hasSize(other == kind ? 1 : 0);
        }
    }

    @Test
    void olderNeverReplacesNewer_andWhatIsToldInPartKeepsWhatWasKnown() {
        desk().putAssets(List.of(
                asset(AssetKind.VOLUME, "v", T.plusSeconds(60), null, Map.of("size", 9L, "type", "x"))));
        desk().putAssets(List.of(asset(AssetKind.VOLUME, "v", T, null, Map.of("size", 5L))));
        desk().putAssets(List.of(asset(AssetKind.VOLUME, "v", T.plusSeconds(90), null, Map.of("size", 10L))));
        assertThat(at(AssetKind.VOLUME, T).getFirst().fields()).isEqualTo(Map.of("size", 5L));
        assertThat(at(AssetKind.VOLUME, T.plusSeconds(95)).getFirst().fields())
                .isEqualTo(Map.of("size", 10L, "type", "x"));
    }

    @Test
    void hostsAreOfTheShareOfTheirName_andTheMarkIsReadWithThem() {
        desk().putAssets(List.of(asset(AssetKind.HOST, AssetVersion.hostId("h1", "n1"), T, null, Map.of())));
        int share = HostShare.of("h1");
        assertThat(reader().assets(SOURCE, AssetKind.HOST, T, share).assets()).hasSize(1);
        assertThat(reader().assets(SOURCE, AssetKind.HOST, T, (share + 1) % HostShare.COUNT)
                        .assets())
                .isEmpty();
        assertThat(reader().assets(SOURCE, AssetKind.HOST, T).mark()).isEqualTo(Optional.empty());
        desk().complete(SOURCE, T, T.plusSeconds(5));
        assertThat(reader().assets(SOURCE, AssetKind.HOST, T).mark().map(Mark::until))
                .contains(T.plusSeconds(5));
    }

    @Test
    void whatTwoWholeReadingsLackHasEnded_andIsThereAgainWhenItIsTold() {
        desk().putAssets(List.of(
                asset(AssetKind.HOST, "stays", T, null, Map.of()), asset(AssetKind.HOST, "goes", T, null, Map.of())));
        for (int reading = 1; reading <= 2; reading++) {
            Instant begun = T.plusSeconds(100L * reading);
            desk().putAssets(List.of(
                    new AssetVersion(AssetKind.HOST, "stays", begun, begun, "h1", null, null, Map.of())));
            assertThat(desk().toldAllAssetsSince(AssetKind.HOST, begun)).isEqualTo(reading - 1);
            assertThat(ids(AssetKind.HOST, begun)).hasSize(3 - reading);
        }
        desk().putAssets(List.of(asset(AssetKind.HOST, "goes", T.plusSeconds(300), null, Map.of("vcpus", 4L))));
        assertThat(ids(AssetKind.HOST, T.plusSeconds(300))).containsExactly("goes", "stays");
    }

    @Test
    void whatANotificationTellsIsInItsCommit() {
        var message = converted(1).tellingOf(List.of(asset(AssetKind.VOLUME, "v", T, null, Map.of("size", 1L))));
        fixture().commit(message);
        assertThat(ids(AssetKind.VOLUME, T)).containsExactly("v");
        fixture().commit(converted(1).tellingOf(List.of(asset(AssetKind.VOLUME, "w", T, null, Map.of()))));
        assertThat(ids(AssetKind.VOLUME, T)).containsExactly("v");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        Instant now = fixture().clock().instant();
        Instant old = now.minus(Duration.ofDays(40));
        desk().putAssets(List.of(
                asset(AssetKind.VOLUME, "old", old, null, Map.of()),
                asset(AssetKind.VOLUME, "old", old.plusSeconds(60), old.plusSeconds(60), Map.of()),
                asset(AssetKind.VOLUME, "lives", old, null, Map.of())));
        assertThat(ids(AssetKind.VOLUME, old)).containsExactly("lives", "old");
        Duration month = Duration.ofDays(30);
        fixture().ledger().retain(new RetentionPolicy(month, month, month), 1_000);
        assertThat(ids(AssetKind.VOLUME, old)).containsExactly("lives");
    }
}
