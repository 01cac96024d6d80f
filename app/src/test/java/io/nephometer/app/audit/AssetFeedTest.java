// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.audit.AssetFeed.Source;
import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are read whole become the inventory, by one process, and one that fails holds no other up. */
class AssetFeedTest {
    private static final Duration LEASE = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final List<String> hosts = new ArrayList<>(List.of("h1", "h2"));
    private final List<String> volumes = new ArrayList<>(List.of("v1"));
    private boolean volumesFail;
    private int readings;
    private Ledger ledger;
    private AssetFeed feed;

    @BeforeEach
    void open() {
        ledger = Ledgers.open(
                StoreUrl.parse("sqlite:" + folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, () -> now);
        feed = feed("one");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private AssetFeed feed(String reader) {
        Source ofHosts = new Source(EnumSet.of(AssetKind.HOST), (told, each) -> {
            readings++;
            hosts.forEach(host -> each.accept(asset(AssetKind.HOST, host, told)));
        });
        Source ofVolumes = new Source(EnumSet.of(AssetKind.VOLUME, AssetKind.ATTACHMENT), (told, each) -> {
            if (volumesFail) {
                throw new ApiException(
                        ApiFailure.FORBIDDEN, ServiceType.BLOCK_STORAGE, "GET /volumes", 403, null, "no", null);
            }
            volumes.forEach(volume -> each.accept(asset(AssetKind.VOLUME, volume, told)));
        });
        return new AssetFeed(
                () -> Optional.of(ledger),
                List.of(ofVolumes, ofHosts),
                reader,
                LEASE,
                () -> now,
                () -> Duration.between(Instant.EPOCH, now).toNanos(),
                new SimpleMeterRegistry());
    }

    private static AssetVersion asset(AssetKind kind, String id, Instant told) {
        return new AssetVersion(kind, id, told, told, "h1", null, null, Map.of());
    }

    private void read(int minutesLater) {
        now = now.plus(Duration.ofMinutes(minutesLater));
        feed.run();
    }

    private List<String> known(AssetKind kind) {
        return ledger.inventory().assets(AssetFeed.source(kind), kind, now).assets().stream()
                .map(AssetVersion::id)
                .toList();
    }

    private @Nullable Instant mark(AssetKind kind) {
        return ledger.inventory().mark(AssetFeed.source(kind)).map(Mark::until).orElse(null);
    }

    @Test
    void wholeReadingsMoveTheMark_andWhatTwoOfThemLackHasEnded() {
        Instant first = now;
        read(0);
        assertThat(known(AssetKind.HOST)).containsExactly("h1", "h2");
        assertThat(mark(AssetKind.HOST)).isEqualTo(first);
        read(10);
        hosts.remove("h2");
        read(10);
        assertThat(known(AssetKind.HOST)).containsExactly("h1", "h2");
        read(10);
        assertThat(known(AssetKind.HOST)).containsExactly("h1");
        assertThat(mark(AssetKind.HOST)).isEqualTo(now);
        assertThat(ledger.inventory().assets("nova/host", AssetKind.HOST, first).assets())
                .hasSize(2);
        hosts.add("h2");
        read(10);
        assertThat(known(AssetKind.HOST)).containsExactly("h1", "h2");
    }

    @Test
    void aListThatFailsHoldsNoOtherUp_andEndsNothing() {
        read(0);
        volumesFail = true;
        Instant complete = now;
        read(10);
        read(10);
        read(10);
        assertThat(known(AssetKind.VOLUME)).containsExactly("v1");
        assertThat(mark(AssetKind.VOLUME)).isEqualTo(complete);
        assertThat(mark(AssetKind.ATTACHMENT)).isEqualTo(complete);
        assertThat(mark(AssetKind.HOST)).isEqualTo(now);
    }

    @Test
    void oneProcessReads_untilItIsGone() {
        AssetFeed other = feed("two");
        read(0);
        other.run();
        assertThat(readings).isEqualTo(1);
        now = now.plus(LEASE).plusSeconds(1);
        other.run();
        assertThat(readings).isEqualTo(2);
        feed.run();
        assertThat(readings).isEqualTo(2);
    }
}
