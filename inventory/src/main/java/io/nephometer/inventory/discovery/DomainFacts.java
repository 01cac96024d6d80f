// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.HostId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The short form of what a domain tells of its instance, for messages whose metadata is joined late. Names that a reader does not know
 * do not matter to it; what is null or empty is left out.
 */
public final class DomainFacts {
    /** Under which name the short form stands in the metadata of samples on their way to a bare message. */
    public static final String KEY = "\0domain";

    private DomainFacts() {}

    /** The metadata of an instance on its way to a bare message: its id, and the short form. */
    static InstanceMetadata write(Facts facts) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", facts.id());
        put(told, "n", facts.displayName());
        put(told, "d", facts.domainName());
        put(told, "h", facts.host());
        put(told, "s", facts.status());
        put(told, "v", facts.state());
        put(told, "a", facts.architecture());
        put(told, "o", facts.osType());
        put(told, "i", facts.imageId());
        put(told, "m", facts.imageMeta().isEmpty() ? null : new LinkedHashMap<>(facts.imageMeta()));
        put(told, "f", facts.flavor() == null ? null : flavor(facts.flavor()));
        return InstanceMetadata.of(Map.of(KEY, told));
    }

    private static Map<String, @Nullable Object> flavor(Flavor flavor) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        put(told, "id", flavor.id());
        told.put("n", flavor.name());
        told.put("c", (long) flavor.vcpus());
        told.put("m", (long) flavor.memoryMiB());
        told.put("d", (long) flavor.diskGiB());
        told.put("e", (long) flavor.ephemeralGiB());
        told.put("w", (long) flavor.swapMiB());
        put(told, "x", flavor.extraSpecs().isEmpty() ? null : new TreeMap<>(flavor.extraSpecs()));
        return told;
    }

    private static void put(Map<String, @Nullable Object> told, String name, @Nullable Object value) {
        if (value != null) {
            told.put(name, value);
        }
    }

    /** @param project whose instance it is: the id of the host depends on it */
    static Facts read(String id, @Nullable String project, Map<?, ?> told) {
        String host = text(told, "h");
        Flavor flavor = told.get("f") instanceof Map<?, ?> map ? flavor(map) : null;
        return new Facts(
                id,
                text(told, "n"),
                text(told, "d"),
                project == null || host == null ? null : HostId.of(project, host),
                host,
                flavor == null ? null : flavor.id(),
                flavor,
                String.valueOf(text(told, "s")),
                text(told, "v"),
                "",
                text(told, "i"),
                null,
                texts(told, "m"),
                null,
                text(told, "a"),
                null,
                null,
                text(told, "o"),
                null,
                Map.of());
    }

    private static @Nullable Flavor flavor(Map<?, ?> told) {
        String name = text(told, "n");
        return name == null
                ? null
                : new Flavor(
                        text(told, "id"),
                        name,
                        number(told, "c"),
                        number(told, "m"),
                        number(told, "d"),
                        number(told, "e"),
                        number(told, "w"),
                        texts(told, "x"));
    }

    private static @Nullable String text(Map<?, ?> told, String name) {
        return told.get(name) instanceof String text ? text : null;
    }

    private static int number(Map<?, ?> told, String name) {
        return told.get(name) instanceof Long number ? number.intValue() : 0;
    }

    private static Map<String, String> texts(Map<?, ?> told, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (told.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }
}
