// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import io.nephometer.model.NameUuid;
import java.util.UUID;

/** Ids that are the same for the same seed and name. */
public final class Ids {
    private static final UUID ROOT = UUID.fromString("9a3b3c5e-0c2f-5d1e-8f64-2b6a3f1d7c40");
    private final UUID namespace;

    public Ids(long seed) {
        namespace = NameUuid.of(ROOT, Long.toString(seed));
    }

    /** A UUID with dashes, as Nova and Glance write them. */
    public String uuid(String name) {
        return NameUuid.of(namespace, name).toString();
    }

    /** 32 hexadecimal digits, as Keystone writes ids. */
    public String hex(String name) {
        return uuid(name).replace("-", "");
    }
}
