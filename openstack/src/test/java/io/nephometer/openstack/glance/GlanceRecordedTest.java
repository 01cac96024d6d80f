// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.glance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.openstack.RecordedCloud;
import io.nephometer.openstack.Recording;
import io.nephometer.openstack.ScriptedCloud;
import io.nephometer.openstack.TestHttpServer;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The client against what a real Glance answered. */
class GlanceRecordedTest {
    private static final String ID = "354394b9-fa73-4be5-baba-f64cbb0c3edb";
    private static final Set<String> KNOWN = Set.of(
            "id",
            "name",
            "status",
            "owner",
            "visibility",
            "container_format",
            "disk_format",
            "size",
            "min_disk",
            "min_ram",
            "created_at",
            "updated_at");

    private static Image expected(Map<String, Object> json) {
        Map<String, String> properties = new LinkedHashMap<>();
        json.forEach((name, value) -> {
            if (!KNOWN.contains(name) && value instanceof String text) {
                properties.put(name, text);
            }
        });
        return new Image(
                (String) Objects.requireNonNull(json.get("id")),
                (String) json.get("name"),
                (String) Objects.requireNonNull(json.get("status")),
                (String) json.get("owner"),
                (String) json.get("visibility"),
                (String) json.get("container_format"),
                (String) json.get("disk_format"),
                (Long) json.get("size"),
                Math.toIntExact((Long) Objects.requireNonNull(json.get("min_disk"))),
                Math.toIntExact((Long) Objects.requireNonNull(json.get("min_ram"))),
                Instant.parse((String) Objects.requireNonNull(json.get("created_at"))),
                Instant.parse((String) Objects.requireNonNull(json.get("updated_at"))),
                properties);
    }

    @Test
    void readsOneImage() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("glance-image-get")) {
            assertThat(cloud.client().glance().image(ID, Reason.IMAGE))
                    .contains(expected(Recording.of("glance-image-get").json()));
        }
    }

    @Test
    void anUnknownImageIsNone() throws Exception {
        try (RecordedCloud cloud = new RecordedCloud("glance-image-404")) {
            assertThat(cloud.client().glance().image("00000000-0000-0000-0000-000000000000", Reason.IMAGE))
                    .isEmpty();
        }
    }

    /** What changed while Glance was at work may be missing from its answer. */
    @Test
    void takesTheTimeOfTheAnswerOff() throws Exception {
        AtomicReference<ScriptedCloud> slow = new AtomicReference<>();
        try (ScriptedCloud cloud = new ScriptedCloud((_, out) -> {
            Objects.requireNonNull(slow.get()).time().advance(Duration.ofMillis(2500));
            Recording page = Recording.of("glance-images");
            TestHttpServer.write(out, page.responseHead(), page.body());
        })) {
            slow.set(cloud);
            Listing listing = cloud.client().glance().images(Reason.IMAGE, _ -> {});
            assertThat(listing.asOf()).isEqualTo(new ServiceTime(Instant.parse("2026-11-22T02:16:59Z"), true));
        }
    }

    /** The recorded pages have two entries each, whatever we ask for: the link says how it goes on. */
    @Test
    void followsNextAndTakesTheTimeOfTheFirstPage() throws Exception {
        List<Image> images = new ArrayList<>();
        Recording first = Recording.of("glance-images-page");
        Recording all = Recording.of("glance-images");
        try (ScriptedCloud cloud = new ScriptedCloud((request, out) -> {
            Recording page = request.query().containsKey("marker") ? all : first;
            TestHttpServer.write(out, page.responseHead(), page.body());
        })) {
            Listing listing = cloud.client().glance().images(Reason.IMAGE, images::add);
            List<Image> expected = new ArrayList<>();
            first.list("images").forEach(json -> expected.add(expected(json)));
            all.list("images").forEach(json -> expected.add(expected(json)));
            assertThat(images).isEqualTo(expected);
            assertThat(listing)
                    .isEqualTo(new Listing(
                            expected.size(), 2, new ServiceTime(Instant.parse("2026-11-22T02:17:02Z"), true), 0));
            assertThat(cloud.server().requests().getLast().query())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("limit", "2", "marker", "24bb3e7f-f107-4179-bbad-580a05201828"));
        }
    }
}
