// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.time.Duration;

/**
 * How a {@link LibvirtInspector} reaches libvirt.
 *
 * @param uri libvirt's connection URI, such as {@code qemu:///system} or {@code qemu+unix:///system?socket=/path}
 * @param readOnly whether to ask for the read-only socket, which needs no privilege but that of opening it
 * @param callTimeout how long one call may take before it counts as hanging
 * @param maxHanging how many hanging calls are left behind before no more are made
 */
public record LibvirtOptions(String uri, boolean readOnly, Duration callTimeout, int maxHanging) {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_HANGING = 4;

    public LibvirtOptions {
        if (uri.isBlank()) {
            throw new IllegalArgumentException("a URI must be named, such as qemu:///system");
        }
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("the time-out of a call is above 0, not " + callTimeout);
        }
        if (maxHanging < 1) {
            throw new IllegalArgumentException("at least 1 hanging call must be allowed, not " + maxHanging);
        }
    }

    /** Read-only, with the default bounds. */
    public static LibvirtOptions of(String uri) {
        return new LibvirtOptions(uri, true, CALL_TIMEOUT, MAX_HANGING);
    }

    public LibvirtOptions withReadOnly(boolean other) {
        return new LibvirtOptions(uri, other, callTimeout, maxHanging);
    }

    public LibvirtOptions withCallTimeout(Duration other) {
        return new LibvirtOptions(uri, readOnly, other, maxHanging);
    }

    public LibvirtOptions withMaxHanging(int other) {
        return new LibvirtOptions(uri, readOnly, callTimeout, other);
    }
}
