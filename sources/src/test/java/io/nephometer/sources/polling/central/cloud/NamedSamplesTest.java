// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Sample;
import io.nephometer.simulator.cloud.StockPlan;
import io.nephometer.simulator.cloud.User;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What projects and users are called, by the simulated Keystone. */
@Timeout(120)
class NamedSamplesTest {
    private static PolledCloud small() throws Exception {
        return new PolledCloud(StockPlan.small(), 5, CloudOptions.usual());
    }

    private static long asked(PolledCloud polled, String what) {
        return polled.cloud().requests().count(asked -> asked.path().contains("/v3/" + what));
    }

    @Test
    void samplesAreNamed_andNothingElseChanges() throws Exception {
        try (PolledCloud polled = small()) {
            List<User> all = polled.cloud().cloud().directory().users();
            Map<String, String> projects = all.stream()
                    .collect(Collectors.toMap(
                            user -> user.project().id(), user -> user.project().name(), (one, _) -> one));
            Map<String, String> users = all.stream().collect(Collectors.toMap(User::id, User::name));
            List<Sample> plain = polled.measure("volumes").samples();

            List<Sample> named = polled.measureNamed("volumes").samples();

            assertThat(named).isNotEmpty().allSatisfy(sample -> assertThat(sample.metadata())
                    .containsEntry("project_name", projects.get(sample.projectId()))
                    .containsEntry("user_name", users.get(sample.userId())));
            assertThat(projects.keySet())
                    .containsAll(named.stream().map(Sample::projectId).toList());
            assertThat(users.keySet())
                    .containsAll(named.stream().map(Sample::userId).toList());
            assertThat(named.stream().map(Sample::id))
                    .isEqualTo(plain.stream().map(Sample::id).toList());
            assertThat(plain)
                    .noneSatisfy(sample -> assertThat(sample.metadata()).containsKey("project_name"));
        }
    }

    @Test
    void bothListsAreReadOnceAnHour() throws Exception {
        try (PolledCloud polled = small()) {
            long projects = asked(polled, "projects");
            for (int slot = 0; slot < 59; slot++) {
                polled.measureNamed("volumes");
                polled.advance(Duration.ofMinutes(1));
            }
            assertThat(asked(polled, "projects") - projects).isEqualTo(1);
            assertThat(asked(polled, "users")).isEqualTo(1);

            polled.advance(Duration.ofMinutes(2));
            polled.measureNamed("volumes");
            assertThat(asked(polled, "users")).isEqualTo(2);
        }
    }

    @Test
    void whatKeystoneDoesNotTellIsLeftOut_andAskedForAgain() throws Exception {
        try (PolledCloud polled = small()) {
            polled.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(403, null))
                            .on("keystone")
                            .at("/users"));

            for (int slot = 0; slot < 9; slot++) {
                assertThat(polled.measureNamed("volumes").samples())
                        .isNotEmpty()
                        .allSatisfy(sample -> assertThat(sample.metadata())
                                .containsKey("project_name")
                                .doesNotContainKey("user_name"));
                polled.advance(Duration.ofMinutes(1));
            }
            assertThat(asked(polled, "users")).isEqualTo(1);

            polled.cloud().faults().clear();
            polled.advance(Duration.ofMinutes(2));
            assertThat(polled.measureNamed("volumes").samples())
                    .allSatisfy(sample -> assertThat(sample.metadata()).containsKey("user_name"));
        }
    }
}
