// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a {@link LibvirtInspector} does. Thread-safe. */
final class CallCounts {
    final AtomicLong attempts = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicInteger hanging = new AtomicInteger();
    final AtomicLong timeouts = new AtomicLong();
    final AtomicLong statisticsCalls = new AtomicLong();
    final AtomicLong descriptionsRead = new AtomicLong();

    LibvirtStatus status() {
        return new LibvirtStatus(
                attempts.get(),
                connections.get(),
                hanging.get(),
                timeouts.get(),
                statisticsCalls.get(),
                descriptionsRead.get());
    }
}
