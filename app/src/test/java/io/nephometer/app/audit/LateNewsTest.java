// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.HostShare;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.AuditView.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the time before the end of a period only when the period is being audited. */
@Timeout(120)
class LateNewsTest {
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

    private Host host(int number) {
        return all.cloud.cloud().hosts().get(number);
    }

    private String guest() {
        return all.cloud.cloud().guestsOf(host(0).name()).getFirst().id();
    }

    private List<String> told() {
        return all.exists(true).stream()
                .filter(event -> event.generated().equals(END))
                .map(event -> AuditedCloud.text(event, "instance_id"))
                .toList();
    }

    private List<Run> runs() {
        return all.ledger.audits().runs(UsageAuditor.TASK, Instant.EPOCH);
    }

    /** Of two changes in one reading nobody knows which was before the end. */
    @Test
    void whatWasSeenOtherwiseNext_andNobodySawWhenItBecameSo_isUnsure() throws Exception {
        try (AuditedCloud deaf = new AuditedCloud("sqlite:" + folder.resolve("deaf.db"), false)) {
            all.close();
            all = deaf;
            all.runUntil("2026-11-28T10:59:20Z");
            List<String> guests = all.cloud.cloud().guestsOf(host(0).name()).stream()
                    .map(Server::id)
                    .toList();
            String resized = guests.get(0);
            all.cloud.operations().resize(resized, all.cloud.cloud().flavors().get(3), host(0));
            all.runUntil("2026-11-28T11:00:00Z");
            all.cloud.operations().rename(resized, "later");
            all.cloud.operations().rename(guests.get(1), "only renamed");
            all.runUntil("2026-11-28T11:05:00Z");
            assertThat(all.audit().why()).isNull();
            assertThat(told()).hasSize(12).contains(resized);
            assertThat(runs().stream().mapToLong(Run::unsure).sum()).isOne();
            assertThat(runs())
                    .filteredOn(run -> run.unsure() > 0)
                    .singleElement()
                    .satisfies(run -> assertThat(run.message()).contains("not certain", resized));
        }
    }

    /** The same where a notification told each change when it was. */
    @Test
    void whatWasToldWhenItBecameSo_isCertain() throws Exception {
        all.runUntil("2026-11-28T10:59:20Z");
        String resized = guest();
        all.cloud.operations().resize(resized, all.cloud.cloud().flavors().get(3), host(0));
        all.runUntil("2026-11-28T11:00:00Z");
        all.cloud.operations().rename(resized, "later");
        all.runUntil("2026-11-28T11:05:00Z");
        assertThat(all.audit().why()).isNull();
        assertThat(told()).hasSize(12).contains(resized);
        assertThat(runs().stream().mapToLong(Run::unsure).sum()).isZero();
    }

    /** Of a migration the bus tells only after one of the two hosts was audited. */
    @Test
    void amongTheAuditsOfTwoShares_noInstanceIsMissed() throws Exception {
        all.runUntil("2026-11-28T10:59:20Z");
        all.collects = false;
        String moved = guest();
        String from = host(0).name();
        all.cloud.operations().liveMigrate(moved, host(1));
        all.runUntil("2026-11-28T11:00:00Z");
        assertThat(all.host(moved)).isEqualTo(host(1).name());
        all.cloud.operations().rename(moved, "later");
        all.runUntil("2026-11-28T11:05:00Z");
        int old = HostShare.of(from);
        all.rounds("one")
                .run(IntStream.range(0, HostShare.COUNT)
                        .filter(share -> share != old)
                        .boxed()
                        .toList());
        all.collect();
        all.audit();
        assertThat(told()).hasSize(12).doesNotHaveDuplicates().contains(moved);
        assertThat(runs()).hasSize(HostShare.COUNT).allSatisfy(run -> assertThat(run.state())
                .isEqualTo(State.DONE));
    }
}
