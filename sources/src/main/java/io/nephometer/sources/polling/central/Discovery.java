// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.openstack.api.ApiException;
import java.util.function.Consumer;

/** Lists all resources of a kind. Safe for several threads. */
public interface Discovery {
    /** As {@code discovery:} in {@code polling.yaml} has it: {@code images}, {@code tenant}. */
    String name();

    /**
     * Hands over every resource; one that comes twice counts as it came last.
     *
     * @return how many entries were passed over because nothing tells them apart
     * @throws ApiException also after some were handed over: then what was handed over is not the list
     */
    long list(Consumer<Discovered> each) throws ApiException, InterruptedException;
}
