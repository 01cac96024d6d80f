// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.runtime.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an instance is written: compact JSON, about 1 KB; fields that a reader does not know do not matter to it. */
public final class InstanceBody {
    private InstanceBody() {}

    public static String write(CachedInstance instance) {
        return Json.write(new BodyWriter()
                .put("i", ServerBody.fields(instance.server()))
                .put("ch", instance.changed())
                .put("to", instance.told())
                .put("by", instance.by())
                .put("ea", earlier(instance.earlier()))
                .put("mi", instance.missingSince())
                .fields());
    }

    private static @Nullable Map<String, @Nullable Object> earlier(@Nullable Earlier earlier) {
        return earlier == null
                ? null
                : new BodyWriter()
                        .put("i", ServerBody.fields(earlier.server()))
                        .put("ch", earlier.changed())
                        .fields();
    }

    /**
     * What a body says.
     *
     * @throws BodyException if it is none of ours, or of a format that is no longer read
     */
    public static CachedInstance read(String body) throws BodyException {
        BodyFields fields = BodyFields.parse("instance", body);
        BodyFields earlier = fields.partOrNull("ea");
        return new CachedInstance(
                ServerBody.read(fields.part("i")),
                fields.time("ch"),
                fields.time("to"),
                fields.choice(Teller.class, "by"),
                earlier == null ? null : new Earlier(ServerBody.read(earlier.part("i")), earlier.time("ch")),
                fields.timeOrNull("mi"));
    }

    /** An instance as an entry for a second set, whose revision does not matter. */
    public static Entry entry(CachedInstance instance) {
        return new Entry(instance.server().id(), instance.place(), 0, write(instance));
    }
}
