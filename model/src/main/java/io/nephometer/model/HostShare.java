// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The shares into which hosts are divided for audits. Which host is in which share never changes, since what is audited is remembered by
 * share; what is on no host (shelved and offloaded) has its place in one of them as well.
 */
public final class HostShare {
    /** How many there are, numbered from 0. */
    public static final int COUNT = 16;

    private HostShare() {}

    /** The share that a host is in; null is no host. */
    public static int of(@Nullable String host) {
        CRC32 hash = new CRC32();
        hash.update((host == null ? "" : host).getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % COUNT);
    }
}
