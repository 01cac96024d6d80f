// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.shared.record.ServerField;
import io.nephometer.inventory.shared.record.ToldFlavor;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.HostId;
import io.nephometer.openstack.nova.Server;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an event about an instance, in one of its two formats. What both have under the same name is read here.
 *
 * @param payload its values
 */
sealed interface InstancePayload {
    Payload payload();

    /** Null if it has none. */
    @Nullable String id();

    @Nullable String task();

    @Nullable String hostname();

    @Nullable String imageId();

    @Nullable String flavorId();

    @Nullable Flavor flavor();

    /** By what the flavor is known again; null if that, or its id, is not told. */
    @Nullable ToldFlavor flavorTold();

    /** Nova's number; null if not told. */
    @Nullable Integer power();

    /** Which fields of the server it tells. */
    Set<ServerField> tells();

    default @Nullable String state() {
        return payload().text("state");
    }

    /** What it tells; {@link #id} and {@link #state} must not be null. */
    default Server server(String id, String state) {
        Payload payload = payload();
        @Nullable String project = payload.text("tenant_id");
        @Nullable String host = payload.text("host");
        return new Server(
                id,
                payload.text("display_name"),
                ServerStatus.of(state, task()),
                project,
                payload.text("user_id"),
                project == null || host == null ? null : HostId.of(project, host),
                host,
                payload.text("node"),
                hostname(),
                payload.text("instance_name"),
                imageId(),
                flavorId(),
                flavor(),
                state,
                task(),
                power(),
                payload.text("availability_zone"),
                payload.text("reservation_id"),
                payload.text("kernel_id"),
                payload.text("ramdisk_id"),
                EventTime.seconds(payload.text("created_at")),
                null,
                EventTime.seconds(payload.text("launched_at")),
                EventTime.seconds(payload.text("terminated_at")),
                payload.texts("metadata"),
                payload.textList("tags"));
    }

    /** Unversioned: {@code compute.instance.*}. */
    record Legacy(Payload payload) implements InstancePayload {
        @Override
        public @Nullable String id() {
            return payload.text("instance_id");
        }

        @Override
        public @Nullable String task() {
            return payload.text("state_description");
        }

        @Override
        public @Nullable String hostname() {
            return payload.text("hostname");
        }

        /** The last part of its address, which ends with a slash if there is none. */
        @Override
        public @Nullable String imageId() {
            String url = payload.text("image_ref_url");
            String id = url == null ? "" : url.substring(url.lastIndexOf('/') + 1);
            return id.isEmpty() ? null : id;
        }

        @Override
        public @Nullable String flavorId() {
            return payload.text("instance_flavor_id");
        }

        /** It lacks swap and extra specs: whoever wants the flavor looks it up by its id. */
        @Override
        public @Nullable Flavor flavor() {
            return null;
        }

        @Override
        public @Nullable ToldFlavor flavorTold() {
            @Nullable String id = flavorId();
            @Nullable String name = payload.text("instance_type");
            return id == null || name == null
                    ? null
                    : new ToldFlavor(
                            id,
                            name,
                            payload.number("vcpus"),
                            payload.number("memory_mb"),
                            payload.number("root_gb"),
                            payload.number("ephemeral_gb"));
        }

        @Override
        public @Nullable Integer power() {
            return null;
        }

        @Override
        public Set<ServerField> tells() {
            Set<ServerField> untold = EnumSet.of(
                    ServerField.UPDATED, ServerField.INSTANCE_NAME, ServerField.POWER_STATE, ServerField.TAGS);
            if (!payload.has("node")) {
                untold.add(ServerField.NODE);
            }
            if (!payload.has("hostname")) {
                untold.add(ServerField.HOSTNAME);
            }
            return EnumSet.complementOf(EnumSet.copyOf(untold));
        }
    }

    /** Versioned: {@code instance.*}. */
    record Versioned(Payload payload) implements InstancePayload {
        /** Nova's numbers are the places in this list. */
        private static final List<String> POWER_STATES =
                List.of("pending", "running", "", "paused", "shutdown", "", "crashed", "suspended");

        @Override
        public @Nullable String id() {
            return payload.text("uuid");
        }

        @Override
        public @Nullable String task() {
            return payload.text("task_state");
        }

        @Override
        public @Nullable String hostname() {
            return payload.text("host_name");
        }

        @Override
        public @Nullable String imageId() {
            return payload.text("image_uuid");
        }

        /** Nobody tells it of an embedded flavor but that itself, as the API does. */
        @Override
        public @Nullable String flavorId() {
            return null;
        }

        @Override
        public @Nullable Flavor flavor() {
            return Payload.ofVersioned(payload.object("flavor"))
                    .map(FlavorPayload::of)
                    .orElse(null);
        }

        @Override
        public @Nullable ToldFlavor flavorTold() {
            return ToldFlavor.of(flavor());
        }

        @Override
        public @Nullable Integer power() {
            String text = payload.text("power_state");
            int number = text == null ? -1 : POWER_STATES.indexOf(text);
            return number < 0 ? null : number;
        }

        @Override
        public Set<ServerField> tells() {
            Set<ServerField> untold = EnumSet.of(ServerField.UPDATED);
            if (!payload.has("node")) {
                untold.add(ServerField.NODE);
            }
            if (!payload.has("host_name")) {
                untold.add(ServerField.HOSTNAME);
            }
            if (!payload.has("instance_name")) {
                untold.add(ServerField.INSTANCE_NAME);
            }
            if (!payload.has("tags")) {
                untold.add(ServerField.TAGS);
            }
            if (power() == null) {
                untold.add(ServerField.POWER_STATE);
            }
            if (flavor() == null) {
                untold.add(ServerField.FLAVOR);
            }
            return EnumSet.complementOf(EnumSet.copyOf(untold));
        }
    }
}
