// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.model.WorkUnit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanGroupsTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static WorkUnit unit(String name) {
        return new WorkUnit("cloud", INTERVAL, name);
    }

    private static Presence member(String name, String plan) {
        Set<String> groups = new TreeSet<>(PlanGroups.of(plan, List.of(unit("images"))));
        groups.add(CentralPolling.GROUP);
        return new Presence(Member.starting(name, groups), 1);
    }

    private static Members members(Presence... live) {
        return new Members(List.of(live), 1);
    }

    @Test
    void partitionsAreOneKind_andNothingElseIs() {
        assertThat(Stream.of("images", "tenant", "tenant/1", "tenant/63", "dynamic/lb.v2", "dynamic/lb.v3")
                        .map(name -> PlanGroups.group(unit(name)))
                        .distinct())
                .hasSize(5);
        assertThat(PlanGroups.group(unit("tenant/1"))).isEqualTo(PlanGroups.group(unit("tenant/2")));
        assertThat(PlanGroups.group(new WorkUnit("cloud", INTERVAL.plusSeconds(1), "images")))
                .isNotEqualTo(PlanGroups.group(unit("images")));
    }

    @Test
    void theyAreGroupsThatAMemberCanTakePartIn_andNoWorks() {
        Member member = member("a", "one").member();

        assertThat(member.groups()).hasSize(3);
        assertThat(PlanGroups.works(member.groups())).isEqualTo("central");
        assertThat(PlanGroups.plan(member.groups())).hasSize(8);
    }

    @Test
    void whoHasWhichPlanIsSaid_ifTheyDiffer() {
        assertThat(PlanGroups.difference(members())).isEmpty();
        assertThat(PlanGroups.difference(members(member("a", "one"), member("b", "one"))))
                .isEmpty();
        String one = PlanGroups.plan(member("a", "one").member().groups());
        String two = PlanGroups.plan(member("a", "two").member().groups());

        assertThat(PlanGroups.difference(members(member("a", "one"), member("b", "two"), member("c", "one"))))
                .hasValueSatisfying(text -> assertThat(text).contains(one + " of a, c", two + " of b"));
    }
}
