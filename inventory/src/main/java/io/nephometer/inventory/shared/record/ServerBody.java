// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Server;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a server is written within an instance: by short names, since there are fifty thousand of them. */
final class ServerBody {
    private ServerBody() {}

    static Map<String, @Nullable Object> fields(Server server) {
        return new BodyWriter()
                .put("id", server.id())
                .put("n", server.name())
                .put("s", server.status())
                .put("p", server.projectId())
                .put("u", server.userId())
                .put("hi", server.hostId())
                .put("h", server.host())
                .put("no", unlessSame(server.node(), server.host()))
                .put("hn", unlessSame(server.hostname(), server.name()))
                .put("in", server.instanceName())
                .put("im", server.imageId())
                .put("fi", server.flavorId())
                .put("f", server.flavor() == null ? null : FlavorBody.fields(server.flavor()))
                .put("vs", server.vmState())
                .put("ts", server.taskState())
                .put("ps", server.powerState())
                .put("az", server.availabilityZone())
                .put("r", server.reservationId())
                .put("ki", server.kernelId())
                .put("ri", server.ramdiskId())
                .put("c", server.created())
                .put("up", server.updated())
                .put("l", server.launched())
                .put("t", server.terminated())
                .put("m", server.metadata())
                .put("tg", server.tags())
                .fields();
    }

    /** Most hypervisors are called as their hosts, and most guests as their instances. */
    private static @Nullable Object unlessSame(@Nullable String text, @Nullable String other) {
        return text != null && text.equals(other) ? (Object) true : text;
    }

    static Server read(BodyFields body) throws BodyException {
        BodyFields flavor = body.partOrNull("f");
        return new Server(
                body.text("id"),
                body.textOrNull("n"),
                body.text("s"),
                body.textOrNull("p"),
                body.textOrNull("u"),
                body.textOrNull("hi"),
                body.textOrNull("h"),
                body.textOrSame("no", body.textOrNull("h")),
                body.textOrSame("hn", body.textOrNull("n")),
                body.textOrNull("in"),
                body.textOrNull("im"),
                body.textOrNull("fi"),
                flavor == null ? null : FlavorBody.read(flavor),
                body.textOrNull("vs"),
                body.textOrNull("ts"),
                body.integerOrNull("ps"),
                body.textOrNull("az"),
                body.textOrNull("r"),
                body.textOrNull("ki"),
                body.textOrNull("ri"),
                body.timeOrNull("c"),
                body.timeOrNull("up"),
                body.timeOrNull("l"),
                body.timeOrNull("t"),
                body.texts("m"),
                body.textList("tg"));
    }
}
