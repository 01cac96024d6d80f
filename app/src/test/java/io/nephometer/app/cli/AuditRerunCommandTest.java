// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.AuditView.State;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRerunCommandTest {
    private static final String USAGE = "instance_usage_audit";
    private static final String VOLUMES = "poll_volume_usage";
    private static final AuditPeriod HOURS = AuditPeriod.parse("hour");

    /** Hours are meant back from here; what is in reach still is when the next hour begins meanwhile. */
    private final Instant now = WallClock.system().instant();

    @TempDir
    private Path folder = Path.of("");

    private String store = "";
    private Path config = Path.of("");

    private Period hour(int back) {
        return HOURS.at(now.minus(Duration.ofHours(back)));
    }

    @BeforeEach
    void audited() throws IOException {
        store = "sqlite:" + folder.resolve("ledger.db");
        config = Files.writeString(folder.resolve("nephometer.yaml"), """
                audits:
                  usage: {period: hour, catch_up: 20h}
                  volumes: {enabled: true, catch_up: 5h}
                """);
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.inventoryDesk().complete("nova", hour(12).begin(), now);
            for (int back : List.of(3, 10, 15, 25)) {
                done(ledger.audits(), new AuditKey(USAGE, "instances/3", hour(back)));
                done(ledger.audits(), new AuditKey(VOLUMES, "instances/3", hour(back)));
            }
            done(ledger.audits(), new AuditKey(USAGE, "hosts/3", hour(3)));
            done(ledger.audits(), new AuditKey("poll_bandwidth_usage", "instances/3", hour(3)));
        }
    }

    private static void done(AuditDesk desk, AuditKey key) {
        AuditDesk.Grant grant = desk.begin(
                        key, "a", Duration.ofMinutes(1), "primary", key.period().end())
                .orElseThrow();
        assertThat(desk.end(grant, State.DONE, new AuditDesk.Tally("i-9", 9, 1, 0), "as it was"))
                .isTrue();
    }

    private CommandRun rerun(int back, String... more) {
        List<String> arguments = new ArrayList<>(List.of("audit", "rerun", "--store", store));
        arguments.addAll(List.of("--config", config.toString()));
        arguments.addAll(List.of("--begin", hour(back).begin().toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private List<Run> runs(String task, int back) {
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(store), LedgerOptions.DEFAULTS, WallClock.system())) {
            return ledger.audits().runs(task, hour(back));
        }
    }

    private void assertUntouched(String task, int back) {
        assertThat(runs(task, back)).isNotEmpty().allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(State.DONE);
            assertThat(run.position()).isEqualTo("i-9");
            assertThat(run.items()).isEqualTo(9);
            assertThat(run.message()).isEqualTo("as it was");
        });
    }

    @Test
    void whatIsInReachIsDoneAgain() {
        assertThat(rerun(3, "--task", USAGE, "--scope", "instances/3").done().out())
                .isEqualTo("1 audits will be done again\n");
        assertThat(runs(USAGE, 3))
                .extracting(run -> run.key().scope() + " " + run.state())
                .containsExactlyInAnyOrder("hosts/3 DONE", "instances/3 AGAIN");
    }

    @Test
    void whatEndedTooLongAgoIsRefused_andStaysAsItIs() {
        assertThat(rerun(25, "--task", USAGE).exits(ExitCode.FAILED).err())
                .contains(
                        "1 audits would never be done again, and were left as they are",
                        USAGE + " of " + hour(25) + ": the earliest period that is audited is ",
                        "(audits.usage.catch_up)");
        assertUntouched(USAGE, 25);
    }

    @Test
    void whatBeganBeforeTheInventoryIsRefused() {
        assertThat(rerun(15, "--task", USAGE).exits(ExitCode.FAILED).err())
                .contains("the inventory begins at " + hour(12).begin(), "(audits.inventory_look_back)");
        assertUntouched(USAGE, 15);
    }

    @Test
    void ofSeveralTasksThoseThatAreInReachAreDone_andTheOthersAreNamed() {
        CommandRun both = rerun(10).exits(ExitCode.FAILED);
        assertThat(both.out()).isEqualTo("1 audits will be done again\n");
        assertThat(both.err()).contains(VOLUMES + " of " + hour(10), "(audits.volumes.catch_up)");
        assertThat(runs(USAGE, 10)).extracting(Run::state).containsExactly(State.AGAIN);
        assertUntouched(VOLUMES, 10);
    }

    @Test
    void whatIsSwitchedOff_orCalledOtherwise_isRefused() {
        assertThat(rerun(3, "--task", "poll_bandwidth_usage")
                        .exits(ExitCode.FAILED)
                        .err())
                .contains("it is switched off (audits.bandwidth.enabled)");
        assertUntouched("poll_bandwidth_usage", 3);
        assertThat(rerun(3, "--scope", "hosts/3").exits(ExitCode.FAILED).err())
                .contains("shares are called as instances/0 is (audits.inventory)");
        assertUntouched(USAGE, 3);
    }

    @Test
    void periodsThatAreCutOtherwiseNow_areRefused() throws IOException {
        Files.writeString(config, "audits: {usage: {period: month}}");
        assertThat(rerun(3, "--task", USAGE).exits(ExitCode.FAILED).err())
                .contains("the last period that is over is ", "(audits.usage.period)");
        assertUntouched(USAGE, 3);
    }

    @Test
    void whatWasNeverBegunIsSaid_andAFileThatAuditsNothing() throws IOException {
        assertThat(rerun(7).exits(ExitCode.FAILED).err()).contains("no such audit was ever begun");
        Files.writeString(config, "{}");
        assertThat(rerun(3).exits(ExitCode.USAGE).err()).contains("says in no section audits what is audited");
    }
}
