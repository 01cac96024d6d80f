// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.JsonCursor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one {@link Flavor} of the fields of an object: of the listing, or embedded in a server. For one use. */
final class FlavorReader {
    private final JsonCursor json;

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable Integer vcpus;
    private @Nullable Integer memory;
    private int disk;
    private int ephemeral;
    private int swap;
    private Map<String, String> extraSpecs = Map.of();

    FlavorReader(JsonCursor json) {
        this.json = json;
    }

    void field(String field) throws AnswerException {
        switch (field) {
            case "id" -> id = json.text();
            case "name", "original_name" -> name = json.text();
            case "vcpus" -> vcpus = json.integer();
            case "ram" -> memory = json.integer();
            case "disk" -> disk = json.integer();
            case "ephemeral", "OS-FLV-EXT-DATA:ephemeral" -> ephemeral = json.integer();
            case "swap" -> swap = swap();
            case "extra_specs" -> extraSpecs = json.texts();
            default -> {}
        }
    }

    /** An empty text stands for none before microversion 2.75. */
    private int swap() throws AnswerException {
        return json.isText() && json.text().isEmpty() ? 0 : json.integer();
    }

    @Nullable String id() {
        return id;
    }

    /** Whether it only says which flavor it is. */
    boolean isReference() {
        return id != null && name == null && vcpus == null;
    }

    Flavor flavor() throws AnswerException {
        if (name == null || vcpus == null || memory == null) {
            throw json.wrong("a flavor without " + (name == null ? "name" : vcpus == null ? "vcpus" : "ram"));
        }
        return new Flavor(id, name, vcpus, memory, disk, ephemeral, swap, extraSpecs);
    }
}
