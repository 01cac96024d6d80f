// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read and written of volumes, attached, detached, attached again, by one instance or by several. */
class PollVolumeUsageTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Period HOUR = new Period(B, B.plusSeconds(3600));

    private final FakeCloud cloud = new FakeCloud();
    private final FakeMeasurements measured = new FakeMeasurements();
    private final CountingAuditor auditor = new CountingAuditor(
            new PollVolumeUsage(),
            new CountingOptions(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(30)),
            measured,
            cloud,
            measured,
            cloud,
            cloud);

    @BeforeEach
    void longAfter() {
        cloud.watermark = Instant.MAX;
        cloud.now = HOUR.end().plusSeconds(90);
    }

    /** What the disk of an instance shows at a minute; a disk without a volume is of the host. */
    private void shows(int minute, String instance, String device, String volume, long bytes) {
        Instant at = B.plusSeconds(60L * minute);
        Map<String, Object> facts = new HashMap<>(
                Map.of("instance_id", instance, "instance_host", "h1", "disk_name", device, "display_name", "web"));
        if (!volume.isEmpty()) {
            facts.put("volume_id", volume);
        }
        List.of("read.requests", "read.bytes", "write.requests", "write.bytes")
                .forEach(counter -> measured.sample(
                        at,
                        "disk.device." + counter,
                        counter.endsWith("bytes") ? bytes : bytes / 10,
                        instance + "-" + device,
                        facts));
        measured.sample(at, "disk.device.capacity", 1 << 30, instance + "-" + device, facts);
    }

    private long counted(String resource) throws JsonException {
        return number(payload(HOUR, resource), "read_bytes");
    }

    private Map<?, ?> payload(Period period, String resource) throws JsonException {
        AuditEvent told = cloud.ledger.values().stream()
                .filter(event -> event.resource().equals(resource))
                .filter(event -> event.message().body().toText().contains(NovaTime.period(period.end())))
                .findFirst()
                .orElseThrow();
        Map<?, ?> envelope = map(Json.parse(told.message().body().toText()));
        Map<?, ?> content = map(Json.parse(String.valueOf(envelope.get("oslo.message"))));
        assertThat(content.get("event_type")).isEqualTo("volume.usage");
        return map(content.get("payload"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static long number(Map<?, ?> payload, String name) {
        return payload.get(name) instanceof Long number ? number : -1;
    }

    private void run(Period period) {
        for (int share = 0; share < 16; share++) {
            assertThat(auditor.run(period, share)).isInstanceOf(AuditResult.Done.class);
        }
    }

    @Test
    void toldAsNovaTellsIt_withWhatIsOfThePeriodBesideIt() throws JsonException {
        shows(0, "i-1", "vda", "", 500);
        shows(10, "i-1", "vdb", "v-1", 100);
        shows(20, "i-1", "vdb", "v-1", 300);
        run(HOUR);
        shows(70, "i-1", "vdb", "v-1", 400);
        Period next = new Period(HOUR.end(), HOUR.end().plusSeconds(3600));
        cloud.now = next.end().plusSeconds(90);
        run(next);
        assertThat(cloud.ledger).hasSize(2);
        Map<?, ?> payload = payload(next, "i-1/v-1");
        assertThat(payload.keySet().stream().map(String::valueOf).toList())
                .containsExactly(
                        "volume_id",
                        "tenant_id",
                        "user_id",
                        "availability_zone",
                        "instance_id",
                        "last_refreshed",
                        "reads",
                        "read_bytes",
                        "writes",
                        "write_bytes",
                        "audit_period_beginning",
                        "audit_period_ending",
                        "counted");
        assertThat(number(payload, "read_bytes")).isEqualTo(300 + 100 - 100 + 100);
        assertThat(payload.get("counted")).asString().contains("name=read.bytes, unit=B, value=100");
        assertThat(payload.get("tenant_id")).isEqualTo("project");
    }

    @Test
    void detachedAndAttachedAgain_andStartedAnew() throws JsonException {
        shows(0, "i-1", "vdb", "v-1", 100);
        shows(10, "i-1", "vdb", "v-1", 200);
        shows(30, "i-1", "vdc", "v-1", 40);
        shows(40, "i-1", "vdc", "v-1", 60);
        shows(50, "i-1", "vdc", "v-1", 10);
        run(HOUR);
        assertThat(counted("i-1/v-1")).isEqualTo(100 + 60 + 10);
    }

    @Test
    void anotherVolumeUnderTheSameNameIsAnother() throws JsonException {
        shows(0, "i-1", "vdb", "v-1", 100);
        shows(10, "i-1", "vdb", "v-1", 200);
        shows(20, "i-1", "vdb", "v-2", 350);
        shows(30, "i-1", "vdb", "v-2", 360);
        run(HOUR);
        assertThat(counted("i-1/v-1")).isEqualTo(100);
        assertThat(counted("i-1/v-2")).isEqualTo(360);
    }

    @Test
    void aDiskOfWhichItIsToldLaterThatItIsAVolumeWasThereBefore() throws JsonException {
        shows(0, "i-1", "vdb", "", 5_000);
        shows(10, "i-1", "vdb", "v-1", 5_100);
        shows(20, "i-1", "vdb", "v-1", 5_150);
        run(HOUR);
        assertThat(counted("i-1/v-1")).isEqualTo(50);
    }

    @Test
    void aVolumeOfSeveralInstancesIsCountedOfEach() throws JsonException {
        shows(0, "i-1", "vdb", "v-1", 100);
        shows(0, "i-2", "vdb", "v-1", 7_000);
        shows(10, "i-1", "vdb", "v-1", 150);
        shows(10, "i-2", "vdb", "v-1", 7_010);
        shows(20, "i-1", "vdb", "v-1", 170);
        run(HOUR);
        assertThat(counted("i-1/v-1")).isEqualTo(70);
        assertThat(counted("i-2/v-1")).isEqualTo(10);
    }

    @Test
    void goneWithItsInstance_whatWasShownIsCountedAndNothingMore() throws JsonException {
        shows(0, "i-1", "vdb", "v-1", 100);
        shows(10, "i-1", "vdb", "v-1", 130);
        run(HOUR);
        assertThat(counted("i-1/v-1")).isEqualTo(30);
        // another has it in the next hour
        Period next = new Period(HOUR.end(), HOUR.end().plusSeconds(3600));
        shows(60, "i-2", "vda", "", 1);
        shows(70, "i-2", "vdb", "v-1", 9);
        cloud.now = next.end().plusSeconds(90);
        run(next);
        assertThat(number(payload(next, "i-2/v-1"), "read_bytes")).isEqualTo(9);
    }
}
