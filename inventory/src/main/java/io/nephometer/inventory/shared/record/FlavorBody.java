// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.runtime.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a flavor is written: alone, or within an instance. */
public final class FlavorBody {
    private FlavorBody() {}

    public static String write(Told<Flavor> told) {
        return Json.write(Told.fields(told, FlavorBody::fields));
    }

    public static Told<Flavor> read(String body) throws BodyException {
        return Told.read(BodyFields.parse("flavor", body), FlavorBody::read);
    }

    static Map<String, @Nullable Object> fields(Flavor flavor) {
        return new BodyWriter()
                .put("id", flavor.id())
                .put("n", flavor.name())
                .put("c", flavor.vcpus())
                .put("m", flavor.memoryMiB())
                .put("d", flavor.diskGiB())
                .put("e", flavor.ephemeralGiB())
                .put("sw", flavor.swapMiB())
                .put("x", flavor.extraSpecs())
                .fields();
    }

    static Flavor read(BodyFields body) throws BodyException {
        return new Flavor(
                body.textOrNull("id"),
                body.text("n"),
                body.integer("c"),
                body.integer("m"),
                body.integer("d"),
                body.integer("e"),
                body.integer("sw"),
                body.texts("x"));
    }
}
