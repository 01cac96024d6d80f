// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nephometer.inventory.shared.feed.RecordedEvents.Event;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same instances as events and API told them, on the same real cloud: field by field the same. */
@SuppressWarnings("NullAway") // what a recorded answer lacks makes the test fail, as it should
class ToldAsByApiTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLastEventTellsWhatTheApiTellsAfterwards(boolean versioned) throws Exception {
        Set<String> told = RecordedEvents.all().stream().map(Event::instance).collect(Collectors.toSet());
        List<Map<?, ?>> listed = listed().stream()
                .filter(server -> told.contains(String.valueOf(server.get("id"))))
                .toList();
        assertEquals(7, listed.size());
        for (Map<?, ?> server : listed) {
            String id = String.valueOf(server.get("id"));
            Server last = ((Observation.Event) RecordedEvents.of(id, versioned).stream()
                            .map(Event::told)
                            .flatMap(Optional::stream)
                            .reduce((one, later) -> later)
                            .orElseThrow()
                            .observation())
                    .server();
            assertEquals(fields(server, versioned), fields(last, versioned));
        }
    }

    private static Map<String, @Nullable Object> fields(Server server, boolean versioned) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        fields.put("name", server.name());
        fields.put("status", server.status());
        fields.put("project", server.projectId());
        fields.put("user", server.userId());
        fields.put("hostId", server.hostId());
        fields.put("host", server.host());
        fields.put("node", server.node());
        fields.put("image", server.imageId());
        Flavor flavor = server.flavor();
        fields.put("flavor", flavor == null ? server.flavorId() : flavor.id());
        fields.put("state", server.vmState());
        fields.put("task", server.taskState());
        fields.put("zone", server.availabilityZone());
        fields.put("created", server.created());
        fields.put("launched", server.launched());
        fields.put("metadata", server.metadata());
        if (versioned) {
            fields.put("power", server.powerState());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Map<?, ?> server, boolean versioned) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        // Renamed once more after the recording of notifications ended.
        fields.put("name", String.valueOf(server.get("name")).replaceAll("~m\\d+$", ""));
        fields.put("status", server.get("status"));
        fields.put("project", server.get("tenant_id"));
        fields.put("user", server.get("user_id"));
        fields.put("hostId", server.get("hostId"));
        fields.put("host", server.get("OS-EXT-SRV-ATTR:host"));
        fields.put("node", server.get("OS-EXT-SRV-ATTR:hypervisor_hostname"));
        fields.put("image", ((Map<?, ?>) server.get("image")).get("id"));
        fields.put("flavor", ((Map<?, ?>) server.get("flavor")).get("id"));
        fields.put("state", server.get("OS-EXT-STS:vm_state"));
        fields.put("task", server.get("OS-EXT-STS:task_state"));
        fields.put("zone", server.get("OS-EXT-AZ:availability_zone"));
        fields.put("created", Instant.parse(String.valueOf(server.get("created"))));
        String launched = String.valueOf(server.get("OS-SRV-USG:launched_at"));
        fields.put("launched", LocalDateTime.parse(launched).toInstant(ZoneOffset.UTC));
        fields.put("metadata", server.get("metadata"));
        if (versioned) {
            fields.put("power", ((Long) server.get("OS-EXT-STS:power_state")).intValue());
        }
        return fields;
    }

    private static List<Map<?, ?>> listed() throws Exception {
        try (InputStream file = Objects.requireNonNull(
                ToldAsByApiTest.class.getResourceAsStream("/recorded/servers-host-compute-3-2.1.http"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Map<?, ?> answer =
                    (Map<?, ?>) Objects.requireNonNull(Json.parse(text.substring(text.indexOf("{\"servers\""))));
            return ((List<?>) answer.get("servers"))
                    .stream().<Map<?, ?>>map(server -> (Map<?, ?>) server).toList();
        }
    }
}
