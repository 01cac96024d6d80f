// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.etcd.EtcdCoordinator;
import io.nephometer.coordination.etcd.EtcdOptions;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.tls.TlsOptions;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.servers.PrivateEtcd;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cluster status} where members know one another by etcd. */
@Tag("server")
class ClusterStatusTest {
    private static final PrivateEtcd ETCD = new PrivateEtcd();
    private static final String PREFIX = "/clouds/one/";

    @TempDir
    private Path folder = Path.of("");

    private String store = "";

    @BeforeAll
    static void start() throws Exception {
        ETCD.start();
        EtcdOptions options = new EtcdOptions(List.of(URI.create(ETCD.url())), PREFIX, null, TlsOptions.defaults());
        try (EtcdCoordinator etcd = new EtcdCoordinator(options, Duration.ofMinutes(5), Ticker.system())) {
            etcd.beat(new Member("central-1", "a1", Set.of("central")));
            etcd.beat(new Member("central-2", "b1", Set.of()));
        }
    }

    @AfterAll
    static void end() {
        ETCD.close();
    }

    @BeforeEach
    void ledger() {
        store = "sqlite:" + folder.resolve("ledger.db");
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.epochs().begin(new WorkUnit("central", Duration.ofMinutes(5), "volumes"), "central-1");
        }
    }

    private static void assertShown(CommandRun run) throws Exception {
        List<Map<String, @Nullable Object>> shown = run.done().objects();
        assertThat(shown).hasSize(3);
        assertThat(shown.getFirst())
                .containsEntry("member", "central-1")
                .containsEntry("incarnation", "a1")
                .containsEntry("live", true)
                .containsEntry("since", null)
                .containsEntry("groups", List.of("central"));
        assertThat(shown.get(1)).containsEntry("member", "central-2").containsEntry("groups", List.of());
        assertThat(shown.getLast())
                .containsEntry("unit", "volumes")
                .containsEntry("owner", "central-1")
                .containsEntry("epoch", 1L);
    }

    @Test
    void membersOfAnEtcdThatTheOptionsName_areShownWithTheUnitsOfTheLedger() throws Exception {
        assertShown(CommandRun.of(
                "cluster",
                "status",
                "--store",
                store,
                "--etcd",
                ETCD.url(),
                "--etcd-prefix",
                PREFIX,
                "--format",
                "jsonl"));
    }

    @Test
    void membersOfTheEtcdOfTheConfiguration_areShown() throws Exception {
        Path file = Files.writeString(folder.resolve("nephometer.yaml"), """
                store: {url: "%s"}
                central:
                  etcd: {endpoints: ["%s"], prefix: %s}
                """.formatted(store, ETCD.url(), PREFIX));

        assertShown(CommandRun.of("cluster", "status", "--config", file.toString(), "--format", "jsonl"));
    }

    @Test
    void etcdThatDoesNotAnswer_isToldWithWhatCanBeShownAllTheSame() {
        CommandRun run = CommandRun.of("cluster", "status", "--store", store, "--etcd", "http://127.0.0.1:1");

        assertThat(run.exits(ExitCode.FAILED).err()).contains("127.0.0.1:1", "--store URL");
    }
}
