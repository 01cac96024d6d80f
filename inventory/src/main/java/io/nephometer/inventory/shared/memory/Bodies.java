// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Bodies of flavors or of images by id. Not thread-safe. */
final class Bodies {
    private final Map<String, String> byId = new HashMap<>();
    private long version;

    long version() {
        return version;
    }

    void put(Map<String, String> bodies, long revision) {
        bodies.forEach((id, body) -> {
            if (!body.equals(byId.put(id, body))) {
                version = revision;
            }
        });
    }

    void remove(Collection<String> ids, long revision) {
        if (byId.keySet().removeAll(ids)) {
            version = revision;
        }
    }

    Map<String, String> of(Collection<String> ids) {
        Map<String, String> found = new HashMap<>();
        for (String id : ids) {
            String body = byId.get(id);
            if (body != null) {
                found.put(id, body);
            }
        }
        return Map.copyOf(found);
    }
}
