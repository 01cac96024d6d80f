// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the control plane feels of it when the shared cache goes away for an hour, counted where it is felt. */
class SharedOutageTest {
    private static final int HOSTS = 500;
    private static final int MOST_A_MINUTE = 60;

    /** Minutes until the last agent has fallen back. */
    private static final int WITHIN = 10;

    @Test
    void anHourWithoutTheCache_isAtMost60RequestsAMinuteOf500Agents_andNoneOnceItIsBack() throws Exception {
        try (AgentFleet fleet = new AgentFleet(HOSTS, 1, true)) {
            fleet.fill();
            fleet.minute();
            assertThat(fleet.cloud().requests().total()).isEqualTo(fleet.askedForFilling());

            fleet.cache().away(true);
            for (int minute = 0; minute < 60; minute++) {
                fleet.minute();
                assertThat(fleet.asked("nova")).isLessThanOrEqualTo(MOST_A_MINUTE);
                assertThat(fleet.asked("keystone")).isLessThanOrEqualTo(MOST_A_MINUTE);
                assertThat(fleet.asked("glance")).isZero();
                // Each agent falls back within ten minutes and logs in then: only these minutes have the log-ins
                // beside.
                assertThat(fleet.asked()).isLessThanOrEqualTo(minute <= WITHIN ? 2 * MOST_A_MINUTE : MOST_A_MINUTE);
            }
            // One list of its host in each ten minutes from each agent, and nothing else but its login, once.
            assertThat(fleet.total(QueryKind.FULL)).isBetween(5L * HOSTS, 6L * HOSTS);
            assertThat(fleet.cloud().requests().total() - fleet.askedForFilling())
                    .isEqualTo(fleet.total(QueryKind.FULL) + HOSTS);
            assertThat(fleet.agents()).allSatisfy(agent -> {
                assertThat(agent.report().origin()).isEqualTo(Origin.API);
                assertThat(Objects.requireNonNull(agent.report().shared()).isFallenBack())
                        .isTrue();
            });

            fleet.cache().away(false);
            fleet.minute();
            for (int minute = 0; minute < 10; minute++) {
                fleet.minute();
                assertThat(fleet.asked()).isZero();
            }
            assertThat(fleet.agents())
                    .allSatisfy(agent -> assertThat(agent.report().origin()).isEqualTo(Origin.SHARED));
        }
    }

    @Test
    void whileNovaIsAskedInstead_readersSeeWhatItSays_andBeforeThatWhatTheCacheSaid() throws Exception {
        try (AgentFleet fleet = new AgentFleet(1, 3, true)) {
            fleet.fill();
            fleet.minute();
            fleet.cache().away(true);
            fleet.cloud().operations().rename(fleet.idOf(0), "renamed");
            fleet.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(404, null)).on("nova"));
            for (int minute = 0; minute < 20; minute++) {
                fleet.minute();
                assertThat(fleet.nameOf(0)).isNotEqualTo("renamed");
                assertThat(fleet.agents().getFirst().report().origin()).isEqualTo(Origin.SHARED);
            }
            fleet.cloud().faults().clear();
            for (int minute = 0; minute < 10; minute++) {
                fleet.minute();
            }
            assertThat(fleet.nameOf(0)).isEqualTo("renamed");
            assertThat(fleet.agents().getFirst().report().origin()).isEqualTo(Origin.API);
        }
    }

    @Test
    void ifItsCellIsDownToo_theHostKeepsWhatTheCacheSaid_untilNovaReachesIt() throws Exception {
        try (AgentFleet fleet = new AgentFleet(1, 3, true)) {
            fleet.fill();
            fleet.minute();
            String name = fleet.nameOf(0);
            fleet.cache().away(true);
            fleet.cloud().faults().downCells(Set.of(0, 1, 2));
            for (int minute = 0; minute < 60; minute++) {
                fleet.minute();
                assertThat(fleet.nameOf(0)).isEqualTo(name);
                assertThat(fleet.agents().getFirst().report().origin()).isEqualTo(Origin.SHARED);
            }
            assertThat(fleet.total(QueryKind.FULL)).isGreaterThanOrEqualTo(5);
            assertThat(fleet.agents().getFirst().report().failure()).contains("is a cell of Nova down?");
            fleet.cloud().operations().rename(fleet.idOf(0), "renamed");
            fleet.cloud().faults().clear();
            for (int minute = 0; minute < 10; minute++) {
                fleet.minute();
            }
            assertThat(fleet.nameOf(0)).isEqualTo("renamed");
            assertThat(fleet.agents().getFirst().report().origin()).isEqualTo(Origin.API);
        }
    }

    @Test
    void withoutCredentials_nobodyIsAskedForAnHour_andTheAgeIsSaid() throws Exception {
        try (AgentFleet fleet = new AgentFleet(3, 1, false)) {
            fleet.fill();
            fleet.minute();
            fleet.cache().away(true);
            for (int minute = 0; minute < 60; minute++) {
                fleet.minute();
            }
            assertThat(fleet.cloud().requests().total()).isEqualTo(fleet.askedForFilling());
            assertThat(fleet.agents()).allSatisfy(agent -> {
                assertThat(agent.report().age().toMinutes()).isGreaterThanOrEqualTo(60);
                assertThat(agent.report().failure()).contains("no credentials");
                assertThat(Objects.requireNonNull(agent.report().shared()).state())
                        .isEqualTo(SharedReport.State.UNREACHABLE);
            });
        }
    }
}
