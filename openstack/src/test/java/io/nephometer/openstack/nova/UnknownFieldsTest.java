// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.Recording;
import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A later Nova says more than is known here: what is known is read as before. */
class UnknownFieldsTest {
    /** Whose names are the users' own. */
    private static final Set<String> FREE = Set.of("metadata", "extra_specs", "addresses");

    private static final Map<String, @Nullable Object> STRANGE = strange();

    private static Map<String, @Nullable Object> strange() {
        Map<String, @Nullable Object> strange = new LinkedHashMap<>();
        strange.put("OS-FUTURE:id", "not the id");
        strange.put("OS-FUTURE:none", null);
        strange.put(
                "OS-FUTURE:list", Arrays.asList(1, "two", null, Map.of("id", "deep", "servers", List.of(Map.of()))));
        strange.put("OS-FUTURE:object", Map.of("name", "deep", "flavor", Map.of("id", 7), "empty", Map.of()));
        return strange;
    }

    /** The same with strange fields before, between and behind those that are there. */
    private static @Nullable Object widened(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(UnknownFieldsTest::widened).toList();
        }
        if (!(value instanceof Map<?, ?> object)) {
            return value;
        }
        Map<String, @Nullable Object> wide = new LinkedHashMap<>(STRANGE);
        object.forEach((name, field) -> {
            wide.put(name.toString(), FREE.contains(name.toString()) ? field : widened(field));
            wide.put(name + ":future", STRANGE);
        });
        return wide;
    }

    /** The whole list in one page. */
    private static ScriptedCloud answering(String recording, String list) throws Exception {
        Object answer = widened(Map.of(list, Recording.of(recording).list(list)));
        byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        return new ScriptedCloud((_, out) -> {
            out.write((ScriptedCloud.OK.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(body);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servers-detail-all-2.1",
                "servers-detail-all-2.47",
                "servers-detail-all-latest",
                "servers-deleted",
                "servers-status-error"
            })
    void serversAreReadAsIfNothingElseWereThere(String recording) throws Exception {
        List<Server> servers = new ArrayList<>();
        try (ScriptedCloud cloud = answering(recording, "servers")) {
            cloud.client().nova().servers(ServerQuery.all(), Reason.METADATA_FULL, servers::add);
        }
        assertThat(servers)
                .isNotEmpty()
                .isEqualTo(Recording.of(recording).list("servers").stream()
                        .map(ExpectedNova::server)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"flavors-detail-all-2.1", "flavors-detail-all-latest"})
    void soAreFlavors(String recording) throws Exception {
        List<Flavor> flavors = new ArrayList<>();
        try (ScriptedCloud cloud = answering(recording, "flavors")) {
            cloud.client().nova().flavors(Reason.FLAVOR, flavors::add);
        }
        assertThat(flavors)
                .isNotEmpty()
                .isEqualTo(Recording.of(recording).list("flavors").stream()
                        .map(ExpectedNova::flavor)
                        .toList());
    }
}
