// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traffic of a period is in what is told of instances in it, once it is counted. */
class CountedBandwidthTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Period HOUR = new Period(B, E);
    private static final AuditOptions OPTIONS = new AuditOptions(
            AuditPeriod.parse("hour"), Duration.ofMinutes(1), Duration.ofDays(2), Duration.ofMinutes(30));
    private static final CountingOptions COUNTING =
            new CountingOptions(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofMinutes(30));

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final CountingAuditor counting =
            new CountingAuditor(new PollBandwidthUsage(), COUNTING, measured, cloud, measured, cloud, cloud);
    private final UsageAuditor usage = new UsageAuditor(
            OPTIONS, cloud, cloud, cloud, new CountedBandwidth(measured, cloud, Duration.ofMinutes(25)));

    @BeforeEach
    void twoInstancesOfWhichOneHadTraffic() {
        cloud.watermark = Instant.MAX;
        cloud.now = E.plusSeconds(90);
        for (String id : new String[] {"busy", "quiet"}) {
            cloud.instances.add(new InstanceVersion(id, B, B, "h1", B.minusSeconds(60), null, Map.of()));
        }
        measured.traffic(B.plusSeconds(60), "h1", "busy", "fa:16", 1_000, 10);
        measured.traffic(B.plusSeconds(120), "h1", "busy", "fa:16", 1_500, 30);
        measured.traffic(B.plusSeconds(60), "h1", "busy", "fa:17", 7, 8);
        measured.traffic(B.plusSeconds(120), "h1", "busy", "fa:17", 8, 8);
    }

    private AuditResult tell() {
        return usage.run(HOUR, HostShare.of("h1"));
    }

    private void count() {
        for (int share = 0; share < HostShare.COUNT; share++) {
            counting.run(HOUR, share);
        }
    }

    private Map<?, ?> payload(String instance) throws Exception {
        ExistsEvent event = cloud.exists().stream()
                .filter(one -> one.instance().id().equals(instance))
                .findFirst()
                .orElseThrow();
        Map<?, ?> envelope = map(Json.parse(event.message().body().unsafeArray()));
        return map(map(Json.parse(String.valueOf(envelope.get("oslo.message")))).get("payload"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    @Test
    void waitsUntilItIsCounted_andThenCarriesIt() throws Exception {
        assertThat(tell()).isEqualTo(new AuditResult.Held("the bandwidth of the period is not counted yet"));
        count();
        assertThat(tell()).isInstanceOf(AuditResult.Done.class);
        assertThat(payload("busy").get("bandwidth"))
                .isEqualTo(Map.of(
                        "fa:16", Map.of("bw_in", 500L, "bw_out", 20L), "fa:17", Map.of("bw_in", 1L, "bw_out", 0L)));
        assertThat(payload("quiet").get("bandwidth")).isEqualTo(Map.of());
    }

    @Test
    void afterThatTimeItIsToldWithoutIt() throws Exception {
        cloud.now = E.plus(Duration.ofMinutes(25));
        assertThat(tell()).isInstanceOf(AuditResult.Done.class);
        assertThat(payload("busy").get("bandwidth")).isEqualTo(Map.of());
    }

    @Test
    void countedLaterItIsNotToldAgain() {
        cloud.now = E.plus(Duration.ofMinutes(25));
        tell();
        count();
        Objects.requireNonNull(cloud.entries.get(usage.key(HOUR, HostShare.of("h1")))).done = false;
        int told = cloud.exists().size();
        tell();
        assertThat(cloud.exists()).hasSize(told);
    }
}
