// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Event;
import io.nephometer.model.HostShare;
import io.nephometer.model.Sample;
import io.nephometer.simulator.notifications.NotificationFormat;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.LedgerQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Audits that die, that meet others, and a cloud that tells the same in two forms. */
@Timeout(120)
class UsageAuditFaultsTest {
    private static final Instant END = Instant.parse("2026-11-28T11:00:00Z");

    @TempDir
    private Path folder;

    private AuditedCloud all;

    @BeforeEach
    void open() throws Exception {
        all = new AuditedCloud("sqlite:" + folder.resolve("ledger.db"), true);
    }

    @AfterEach
    void close() throws Exception {
        all.close();
    }

    private List<Sample> memory() {
        List<Sample> samples = new ArrayList<>();
        all.ledger.reader().samples(LedgerQuery.ALL.withMeter("memory"), samples::add);
        return samples;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereverItDies_anotherGoesOnAfterTheLease_andEachIsToldOnce(boolean before) throws Exception {
        all.runUntil("2026-11-28T11:04:00Z");
        int[] commits = {0};
        all.atCommit = (step, isBefore) -> {
            if (step == CommitStep.COMMIT && isBefore == before && ++commits[0] == 2) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> all.audit()).hasMessage("killed");
        all.atCommit = (_, _) -> {};
        // what it was at is its own until the lease ends; the rest is done
        assertThat(all.audit().done()).isLessThan(HostShare.COUNT);
        assertThat(all.exists(true)).hasSizeLessThan(before ? 12 : 13);
        all.run(Duration.ofMinutes(3));
        all.audit();
        assertThat(all.exists(true))
                .extracting(event -> AuditedCloud.text(event, "instance_id"))
                .hasSize(12)
                .doesNotHaveDuplicates();
        assertThat(all.ledger.audits().runs("instance_usage_audit", Instant.EPOCH))
                .hasSize(HostShare.COUNT)
                .allSatisfy(run -> assertThat(run.state().name()).isEqualTo("DONE"));
        assertThat(memory()).hasSize(12);
    }

    @Test
    void manyAtOnceTellEachOnce() throws Exception {
        all.runUntil("2026-11-28T11:04:00Z");
        List<Integer> shares = IntStream.range(0, HostShare.COUNT).boxed().toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Object>> agents = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "agent-" + i;
                agents.add(() -> all.rounds(name).run(shares));
            }
            for (var agent : threads.invokeAll(agents)) {
                agent.get();
            }
        }
        assertThat(all.exists(true)).hasSize(12);
        assertThat(all.ledger.audits().runs("instance_usage_audit", Instant.EPOCH))
                .hasSize(HostShare.COUNT)
                .allSatisfy(run -> assertThat(run.attempt()).isOne());
    }

    @Test
    void legacyAndVersionedFormOfOneOccurrenceAreMeteredOnce() throws Exception {
        all.cloud.notifications().speak(NotificationFormat.BOTH);
        all.runUntil("2026-11-28T11:04:00Z");
        all.audit();
        List<Event> versioned = new ArrayList<>();
        all.ledger.reader().events(LedgerQuery.ALL.withType("instance.exists"), versioned::add);
        assertThat(versioned).hasSize(12);
        assertThat(all.exists(false)).hasSize(12);
        assertThat(all.exists(true)).hasSize(12);
        assertThat(memory()).hasSize(12);
        assertThat(all.differences()).isEmpty();
    }

    @Test
    void aCloudThatSpeaksTheVersionedFormAloneIsMeteredByUs() throws Exception {
        all.cloud.notifications().speak(NotificationFormat.VERSIONED);
        all.run(Duration.ofMinutes(3));
        String deleted = all.cloud
                .cloud()
                .guestsOf(all.cloud.cloud().hosts().getFirst().name())
                .getFirst()
                .id();
        all.cloud.operations().delete(deleted);
        all.runUntil("2026-11-28T11:04:00Z");
        all.audit();
        assertThat(all.exists(false)).isEmpty();
        assertThat(all.exists(true)).hasSize(12).allSatisfy(event -> assertThat(event.generated())
                .isEqualTo(END));
        assertThat(all.memory(all.exists(true))).hasSize(12);
    }
}
