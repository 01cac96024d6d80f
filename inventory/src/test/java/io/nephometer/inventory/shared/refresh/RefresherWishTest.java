// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.nova.Server;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A witness whose wish is never fulfilled, as one whose ledger takes nothing: not Nova's to suffer. */
class RefresherWishTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTES = 10;

    private int whole;

    private final ReadingWitness insatiable = new ReadingWitness() {
        @Override
        public Wish wish() {
            return new Wish(true, Instant.MAX);
        }

        @Override
        public void told(List<Server> servers, Instant at) {}

        @Override
        public void complete(Window window) {}

        @Override
        public void toldAll(Instant begun) {
            whole++;
        }
    };

    @Test
    void everythingIsReadAgainAsSeldomAsWhatWasNotForeseen() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one", insatiable);
            cloud.run(refresher, HOUR);

            long most = HOUR.dividedBy(RefresherOptions.DEFAULTS.urgent()) + 1;
            assertThat(whole).isBetween(2, (int) most);
            assertThat(cloud.asked(QueryKind.FULL)).isBetween(2L, most);
        }
    }

    @Test
    void whileNovaIsDownItIsAskedAsOftenAsWithoutAWish() throws Exception {
        try (RefreshedCloud wished = new RefreshedCloud(2, 10);
                RefreshedCloud plain = new RefreshedCloud(2, 10)) {
            long with = whileDown(wished, wished.refresher("one", insatiable));
            long without = whileDown(plain, plain.refresher("one"));

            assertThat(without).isPositive();
            assertThat(with).isPositive().isLessThanOrEqualTo(without);
        }
    }

    private static long whileDown(RefreshedCloud cloud, GlobalRefresher refresher) throws Exception {
        refresher.run();
        cloud.run(refresher, RefresherOptions.DEFAULTS.urgent());
        cloud.cloud().faults().add(FaultRule.always(new Fault.Status(503, null)).on("nova"));
        cloud.cloud().requests().clear();
        cloud.run(refresher, Duration.ofMinutes(MINUTES));
        return cloud.cloud().requests().total();
    }
}
