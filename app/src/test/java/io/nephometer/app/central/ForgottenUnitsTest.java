// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.ledger.ClusterView.UnitOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForgottenUnitsTest {
    private static final WorkUnit IMAGES = new WorkUnit("cloud", Duration.ofMinutes(10), "images");
    private static final WorkUnit TENANT = new WorkUnit("storage", Duration.ofHours(2), "tenant/17");
    private static final WorkUnit OTHER = new WorkUnit("storage", Duration.ofHours(2), "tenant/3");

    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private final ForgottenUnits forgotten = new ForgottenUnits(BETWEEN);
    private final List<String> retired = new ArrayList<>();

    private Duration looked = Duration.ZERO;
    private WorkUnit[] before = {};
    private boolean isEarlierThere;

    /** Looks each five minutes until then, at what was known before. */
    private void look(Duration at, WorkUnit... known) {
        while (looked.plus(BETWEEN).compareTo(at) < 0) {
            lookOnce(looked.plus(BETWEEN), before);
        }
        lookOnce(at, known);
        before = known;
    }

    private void lookOnce(Duration at, WorkUnit... known) {
        looked = at;
        List<UnitOwner> owned = Stream.of(IMAGES, TENANT)
                .map(unit -> new UnitOwner(unit, new Tenure("a", 1), Instant.EPOCH))
                .toList();
        List<Presence> live = new ArrayList<>();
        live.add(new Presence(new Member("a", "1", PlanGroups.of("plan", List.of(known))), 1));
        if (isEarlierThere) {
            live.add(new Presence(new Member("b", "1", Set.of(CentralPolling.GROUP)), 2));
        }
        Members members = new Members(live, 1);
        forgotten.look(owned, members, at.toNanos(), (unit, source, interval, _) -> {
            retired.add(source + "/" + interval + "/" + unit);
            return 1;
        });
    }

    @Test
    void whatNobodyKnowsIsRetiredOnce_afterAnHourAndThreePeriods() {
        look(Duration.ZERO, OTHER);
        look(Duration.ofMinutes(59), OTHER);
        assertThat(retired).isEmpty();

        look(Duration.ofMinutes(60), OTHER);
        look(Duration.ofHours(7), OTHER);
        assertThat(retired).containsExactly("cloud/PT10M/images");

        look(Duration.ofHours(8));
        look(Duration.ofHours(13));
        assertThat(retired).hasSize(1);
        look(Duration.ofHours(14));
        assertThat(retired).containsExactly("cloud/PT10M/images", "storage/PT2H/tenant/17");
    }

    /** As after an outage of the ledger: whoever knows a unit may have been there, and may be about to come. */
    @Test
    void afterAGapItBeginsAnew() {
        lookOnce(Duration.ZERO, TENANT);
        lookOnce(Duration.ofHours(2), TENANT);
        assertThat(retired).isEmpty();
        look(Duration.ofHours(3).minusMinutes(1), TENANT);
        assertThat(retired).isEmpty();
        look(Duration.ofHours(3), TENANT);
        assertThat(retired).containsExactly("cloud/PT10M/images");
    }

    @Test
    void whoseMemberComesBackInTimeIsNot() {
        look(Duration.ZERO);
        look(Duration.ofMinutes(50), IMAGES, TENANT);
        look(Duration.ofMinutes(55), TENANT);
        look(Duration.ofMinutes(114), TENANT);
        assertThat(retired).isEmpty();

        look(Duration.ofMinutes(115), TENANT);
        assertThat(retired).containsExactly("cloud/PT10M/images");
    }

    @Test
    void whileAMemberOfAnEarlierProgramIsThere_nothingIsForgotten() {
        isEarlierThere = true;
        look(Duration.ofHours(9), OTHER);
        assertThat(retired).isEmpty();

        isEarlierThere = false;
        look(Duration.ofHours(9).plusMinutes(59), OTHER);
        assertThat(retired).isEmpty();
        look(Duration.ofHours(10).plusMinutes(5), OTHER);
        assertThat(retired).containsExactly("cloud/PT10M/images");
    }
}
