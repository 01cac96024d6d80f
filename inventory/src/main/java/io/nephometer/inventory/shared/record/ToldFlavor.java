// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a notification told of an instance's flavor: the id, and by what the flavor is known again where Nova embeds it without the id.
 * Legacy notifications tell neither swap nor extra specs.
 */
public record ToldFlavor(String id, String name, int vcpus, int memoryMiB, int diskGiB, int ephemeralGiB) {
    /** Null if nothing, or not its id, was told. */
    public static @Nullable ToldFlavor of(@Nullable Flavor flavor) {
        return flavor == null || flavor.id() == null ? null : of(flavor.id(), flavor);
    }

    private static ToldFlavor of(String id, Flavor flavor) {
        return new ToldFlavor(
                id, flavor.name(), flavor.vcpus(), flavor.memoryMiB(), flavor.diskGiB(), flavor.ephemeralGiB());
    }

    /** Whether it may be that flavor, whose id does not matter. */
    boolean is(Flavor flavor) {
        return of(id, flavor).equals(this);
    }

    /** Whether it is what the server is made of. */
    boolean isOf(Server server) {
        Flavor flavor = server.flavor();
        return flavor == null ? id.equals(server.flavorId()) : id.equals(flavor.id()) && is(flavor);
    }

    /** How it is written beside the server that it is of, which names the id; and the rest, too, if it embeds the flavor. */
    Map<String, @Nullable Object> fields(Server server) {
        return server.flavor() == null
                ? new BodyWriter()
                        .put("n", name)
                        .put("c", vcpus)
                        .put("m", memoryMiB)
                        .put("d", diskGiB)
                        .put("e", ephemeralGiB)
                        .fields()
                : new BodyWriter().put("em", true).fields();
    }

    /**
     * What was written beside a server.
     *
     * @param body null if nothing was
     */
    static @Nullable ToldFlavor read(@Nullable BodyFields body, Server server) throws BodyException {
        String id = server.flavorId();
        if (body == null || body.flag("em")) {
            return body == null ? null : of(server.flavor());
        }
        return id == null
                ? null
                : new ToldFlavor(
                        id, body.text("n"), body.integer("c"), body.integer("m"), body.integer("d"), body.integer("e"));
    }
}
