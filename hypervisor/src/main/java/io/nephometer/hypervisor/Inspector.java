// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.util.Set;

/**
 * Reads what a hypervisor knows of its domains. One thread inspects at a time; {@link #close} may come from any.
 *
 * <p>An implementation opens its connection when it is first needed, and again after it was lost.
 */
public interface Inspector extends AutoCloseable {
    /**
     * Measures all domains at once, as cheaply as the hypervisor allows. A domain that cannot be read is a fault of the
     * answer, and never hides the others.
     *
     * @param wanted the groups of counters that somebody needs; what is not wanted is not asked for
     * @throws HypervisorException if nothing could be measured: not reachable, or no answer in time
     */
    Inspection inspect(Set<CounterGroup> wanted) throws HypervisorException, InterruptedException;

    /** Releases the connection. Legal before the first inspection, and twice. */
    @Override
    void close();
}
