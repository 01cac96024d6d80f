// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Existence;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExistencesTest {
    private static final Instant LAUNCHED = Instant.parse("2026-11-22T01:28:18Z");
    private static final String LEGACY = """
            {"tenant_id": "p", "user_id": "u", "instance_id": "i-1", "display_name": "web", "host": "compute1",
             "state": "active", "instance_type": "m1.tiny", "instance_flavor_id": "1", "memory_mb": 512, "vcpus": 1,
             "disk_gb": 3, "root_gb": 1, "ephemeral_gb": 2, "launched_at": "2026-11-22T01:28:18.000000",
             "deleted_at": "", "audit_period_beginning": "2026-11-22 01:00:00",
             "audit_period_ending": "2026-11-22 02:00:00"}""";
    private static final String VERSIONED = """
            {"nova_object.data": {"uuid": "i-1", "tenant_id": "p", "user_id": "u", "display_name": "web",
             "host": "compute1", "state": "active", "launched_at": "2026-11-22T01:28:18Z", "deleted_at": null,
             "flavor": {"nova_object.data": {"name": "m1.tiny", "flavorid": "1", "memory_mb": 512, "vcpus": 1,
                 "root_gb": 1, "ephemeral_gb": 2}},
             "audit_period": {"nova_object.data": {"audit_period_beginning": "2026-11-22T01:00:00Z",
                 "audit_period_ending": "2026-11-22T02:00:00Z"}}}}""";
    private static final Existence SAID = new Existence(
            "i-1",
            Instant.parse("2026-11-22T01:00:00Z"),
            Instant.parse("2026-11-22T02:00:00Z"),
            List.of(
                    number("disk_gb", 3),
                    text("display_name", "web"),
                    number("ephemeral_gb", 2),
                    text("host", "compute1"),
                    text("instance_flavor_id", "1"),
                    text("instance_type", "m1.tiny"),
                    new Trait("launched_at", new TraitValue.Datetime(LAUNCHED)),
                    number("memory_mb", 512),
                    number("root_gb", 1),
                    text("state", "active"),
                    text("tenant_id", "p"),
                    text("user_id", "u"),
                    number("vcpus", 1)));

    private static Trait text(String name, String value) {
        return new Trait(name, new TraitValue.Text(value));
    }

    private static Trait number(String name, long value) {
        return new Trait(name, TraitValue.Int.of(value));
    }

    private static Optional<Existence> of(String type, String payload) throws JsonException {
        Map<String, @Nullable Object> tree = new HashMap<>();
        tree.put("payload", Json.parse(payload.getBytes(StandardCharsets.UTF_8)));
        return Existences.of(new Notification(type, "info", LAUNCHED, tree));
    }

    @Test
    void theLegacyFormAndTheVersionedOneSayTheSame() throws JsonException {
        assertThat(of("compute.instance.exists", LEGACY)).contains(SAID);
        assertThat(of("instance.exists", VERSIONED)).contains(SAID);
    }

    /** Of an instance that is shelved or resized, the period ends at that moment: with microseconds in the legacy form, without in the other. */
    @Test
    void theyDoSoOfAPeriodThatEndsInTheMiddle_too() throws JsonException {
        Existence legacy = of(
                        "compute.instance.exists",
                        LEGACY.replace("\"2026-11-22 01:00:00\"", "\"2026-11-22 01:00:00.999999\"")
                                .replace("\"2026-11-22 02:00:00\"", "\"2026-11-22 01:13:08.736112\""))
                .orElseThrow();
        Existence versioned = of(
                        "instance.exists", VERSIONED.replace("\"2026-11-22T02:00:00Z\"", "\"2026-11-22T01:13:08Z\""))
                .orElseThrow();
        assertThat(legacy).isEqualTo(versioned);
        assertThat(legacy.end()).isEqualTo(Instant.parse("2026-11-22T01:13:08Z"));
    }

    @Test
    void otherNotificationsSayNoSuchThing() throws JsonException {
        assertThat(of("compute.instance.update", LEGACY)).isEmpty();
        assertThat(of("instance.update", VERSIONED)).isEmpty();
        assertThat(of("trove.instance.exists", LEGACY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"instance_id\": \"\", \"audit_period_beginning\": \"2026-11-22 01:00:00\","
                        + " \"audit_period_ending\": \"2026-11-22 02:00:00\"}",
                "{\"instance_id\": \"i-1\", \"audit_period_beginning\": \"yesterday\","
                        + " \"audit_period_ending\": \"2026-11-22 02:00:00\"}",
                "{\"instance_id\": 7, \"audit_period_beginning\": \"2026-11-22 01:00:00\","
                        + " \"audit_period_ending\": \"2026-11-22 02:00:00\"}",
                "{\"nova_object.data\": {\"uuid\": \"i-1\", \"audit_period\": null}}"
            })
    void whatHasNoInstanceOrNoPeriodIsNone(String payload) throws JsonException {
        assertThat(of("compute.instance.exists", payload)).isEmpty();
        assertThat(of("instance.exists", payload)).isEmpty();
    }

    @Test
    void aFactOfAnotherKindIsComparedAsItIs() throws JsonException {
        String odd = "{\"instance_id\": \"i-1\", \"audit_period_beginning\": \"2026-11-22 01:00:00\","
                + " \"audit_period_ending\": \"2026-11-22 02:00:00\", \"vcpus\": \"two\", \"state\": [1],"
                + " \"display_name\": \"" + "x".repeat(300) + "\"}";
        assertThat(of("compute.instance.exists", odd).orElseThrow().facts())
                .containsExactly(text("display_name", "x".repeat(255)), text("state", "[1]"), text("vcpus", "two"));
    }
}
