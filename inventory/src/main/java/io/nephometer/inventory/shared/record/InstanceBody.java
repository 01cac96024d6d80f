// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.model.Bytes;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is written: compact JSON, about 1 KB; fields that a reader does not know do not matter to it. What it was before is
 * written as what was otherwise, the latest first, each by what came after it.
 */
public final class InstanceBody {
    /**
     * What an instance was before the last but one change may take so many bytes: 50,000 of 2 KB fit into 150 MB. A usual body stays below 2,048
     * bytes with them; for what is longer, Redis' allocator takes 2,560.
     */
    private static final int MOST = 950;

    private InstanceBody() {}

    public static String write(CachedInstance instance) {
        Map<String, @Nullable Object> server = ServerBody.fields(instance.server());
        ToldFlavor flavorTold = instance.flavorTold();
        return Json.write(new BodyWriter()
                .put("i", server)
                .put("ch", instance.changed())
                .put("to", instance.told())
                .put("by", instance.by())
                .put("es", states(instance.earlier(), server))
                .put("mi", instance.missingSince())
                .put("ft", flavorTold == null ? null : flavorTold.fields(instance.server()))
                .fields());
    }

    private static List<Map<String, @Nullable Object>> states(
            List<Earlier> earlier, Map<String, @Nullable Object> server) {
        List<Map<String, @Nullable Object>> states = new ArrayList<>();
        Map<String, @Nullable Object> after = server;
        int left = MOST;
        for (Earlier one : earlier.reversed()) {
            Map<String, @Nullable Object> before = ServerBody.fields(one.server());
            Map<String, @Nullable Object> state = new BodyWriter()
                    .put("ch", one.changed())
                    .put("d", difference(before, after))
                    .fields();
            left -= states.isEmpty() ? 0 : Bytes.utf8(Json.write(state)).size();
            if (left < 0) {
                break;
            }
            states.add(state);
            after = before;
        }
        return states;
    }

    /** What to put over {@code after} so that it becomes {@code before}; null for what was not there. */
    private static Map<String, @Nullable Object> difference(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> difference = new LinkedHashMap<>();
        after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(name -> difference.put(name, null));
        before.forEach((name, value) -> {
            if (!Objects.equals(value, after.get(name))) {
                difference.put(name, value);
            }
        });
        return difference;
    }

    /**
     * What a body says.
     *
     * @throws BodyException if it is none of ours, or of a format that is no longer read
     */
    public static CachedInstance read(String body) throws BodyException {
        BodyFields fields = BodyFields.parse("instance", body);
        Server server = ServerBody.read(fields.part("i"));
        return new CachedInstance(
                server,
                fields.time("ch"),
                fields.time("to"),
                fields.choice(Teller.class, "by"),
                earlier(fields),
                fields.timeOrNull("mi"),
                ToldFlavor.read(fields.partOrNull("ft"), server));
    }

    private static List<Earlier> earlier(BodyFields fields) throws BodyException {
        List<Earlier> earlier = new ArrayList<>();
        BodyFields after = fields.part("i");
        for (BodyFields state : fields.parts("es")) {
            BodyFields otherwise = state.partOrNull("d");
            after = otherwise == null ? after : after.with(otherwise);
            earlier.add(new Earlier(ServerBody.read(after), state.time("ch")));
        }
        return earlier.isEmpty() ? single(fields) : earlier.reversed();
    }

    /** Of a program that kept one, in full. */
    private static List<Earlier> single(BodyFields fields) throws BodyException {
        BodyFields earlier = fields.partOrNull("ea");
        return earlier == null
                ? List.of()
                : List.of(new Earlier(ServerBody.read(earlier.part("i")), earlier.time("ch")));
    }

    /** An instance as an entry for a second set, whose revision does not matter. */
    public static Entry entry(CachedInstance instance) {
        return new Entry(instance.server().id(), instance.place(), 0, write(instance));
    }
}
