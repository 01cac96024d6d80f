// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.json.Json;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.testkit.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares what the simulated services say with what real ones said. */
final class RecordedNotificationsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:30:00Z");
    private static final Set<String> FREE = Set.of("metadata", "image_meta", "properties", "extra_specs");

    private static SimulatedCloud lively() {
        return new SimulatedCloud(SimulatedCloudOptions.of(new SimulatedClock(START), 4, 25)
                .withSeed(7)
                .withRates(LifeRates.usual(12)));
    }

    private static List<Published> said(SimulatedCloud cloud, Duration time) {
        List<Published> all = new ArrayList<>();
        cloud.notifications().listen(all::add);
        cloud.advance(time);
        return all;
    }

    private static Map<?, ?> tree(@Nullable Object json) throws Exception {
        return (Map<?, ?>) Objects.requireNonNull(Json.parse(String.valueOf(json)));
    }

    private static Map<?, ?> notification(String body) throws Exception {
        return tree(tree(body).get("oslo.message"));
    }

    /** Which types of values stand under which key, by event type. */
    private static final class Forms {
        private final Map<String, Map<String, Set<String>>> byType = new TreeMap<>();

        void add(Map<?, ?> notification) {
            Map<String, Set<String>> form =
                    byType.computeIfAbsent(String.valueOf(notification.get("event_type")), type -> new TreeMap<>());
            walk(form, "", notification);
        }

        private static void walk(Map<String, Set<String>> form, String path, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, element) -> {
                    if (!FREE.contains(String.valueOf(key))) {
                        walk(form, path + "." + key, element);
                    }
                });
            } else if (value instanceof List<?> list) {
                form.computeIfAbsent(path, key -> new TreeSet<>()).add("list");
                list.forEach(element -> walk(form, path + "[]", element));
            } else {
                form.computeIfAbsent(path, key -> new TreeSet<>())
                        .add(value == null ? "null" : value.getClass().getSimpleName() + formOf(value));
            }
        }

        /** Texts that are times have to be times of the same form. */
        private static String formOf(Object value) {
            return value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d[T ].*")
                    ? " " + text.replaceAll("\\.\\d+", ".f").replaceAll("\\d", "9")
                    : "";
        }
    }

    private static Forms recorded() throws Exception {
        Forms forms = new Forms();
        for (String name : Recordings.names()) {
            try (Stream<String> lines = Recordings.notifications(name)) {
                for (String line : (Iterable<String>) lines::iterator) {
                    Map<?, ?> captured = tree(line);
                    boolean legacy = String.valueOf(captured.get("routing_key")).startsWith("notifications.");
                    if (legacy && Set.of("nova", "glance").contains(String.valueOf(captured.get("exchange")))) {
                        forms.add(notification(String.valueOf(captured.get("body"))));
                    }
                }
            }
        }
        return forms;
    }

    @Test
    void haveTheFormOfRecordedOnes() throws Exception {
        Forms recorded = recorded();
        Forms simulated = new Forms();
        for (Published published : said(lively(), Duration.ofMinutes(90))) {
            simulated.add(notification(published.message().body().toText()));
        }

        List<String> differences = new ArrayList<>();
        simulated.byType.forEach((type, form) -> {
            Map<String, Set<String>> real = recorded.byType.getOrDefault(type, Map.of());
            Set<String> missing = new TreeSet<>(real.keySet());
            missing.removeAll(form.keySet());
            missing.removeIf(RecordedNotificationsTest::mayBeAbsent);
            missing.forEach(path -> differences.add(type + ": missing " + path));
            form.forEach((path, types) -> {
                Set<String> more = new TreeSet<>(types);
                more.removeAll(real.getOrDefault(path, Set.of()));
                if (!more.isEmpty() && !mayBeAbsent(path) && !NOT_RECORDED.contains(type + ": " + path)) {
                    differences.add(type + ": " + path + " is " + more + ", recorded " + real.get(path));
                }
            });
        });
        assertThat(differences).isEmpty();
        assertThat(simulated.byType).hasSizeGreaterThanOrEqualTo(40);
    }

    /** What the recordings happen not to hold: the hourly audit, whose hours have no fraction; deletion of a shelved server. */
    private static final Set<String> NOT_RECORDED = Set.of(
            "compute.instance.exists: .payload.audit_period_ending",
            "compute.instance.delete.start: .payload.availability_zone");

    /** Servers of the real cloud had no network here and there, images had tags; only renaming tells the old name. */
    private static boolean mayBeAbsent(String path) {
        return path.startsWith(".payload.fixed_ips[]")
                || path.startsWith("._context_")
                || path.equals(".payload.tags[]")
                || path.equals(".payload.old_display_name");
    }

    @Test
    void sameSeedSaysTheSame() {
        assertThat(said(lively(), Duration.ofMinutes(10))).isEqualTo(said(lively(), Duration.ofMinutes(10)));
    }

    @Test
    void theManifestNamesWhatWasSentAndLostOnesAreMissing() {
        SimulatedCloud cloud = lively();
        cloud.notifications().loseNext(5);

        List<Published> heard = said(cloud, Duration.ofMinutes(10));

        assertThat(heard).hasSizeGreaterThan(100);
        assertThat(cloud.notifications().manifest())
                .isEqualTo(heard.stream().map(Published::id).toList());
        assertThat(cloud.notifications().lost())
                .hasSize(5)
                .doesNotContainAnyElementsOf(cloud.notifications().manifest());
        assertThat(new HashSet<>(cloud.notifications().manifest())).hasSize(heard.size());
        assertThat(cloud.notifications().sent()).isEqualTo(heard.size());
    }

    @Test
    void exchangesAndPropertiesAreThoseOfTheServices() {
        List<Published> heard = said(lively(), Duration.ofMinutes(30));

        assertThat(heard).allSatisfy(published -> {
            assertThat(published.message().routingKey()).isEqualTo("notifications.info");
            assertThat(published.message().exchange())
                    .isEqualTo(published.type().startsWith("image.") ? "glance" : "nova");
            assertThat(published.message().properties()).containsEntry("content_type", "application/json");
        });
    }
}
