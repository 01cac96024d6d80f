// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.openstack.api.ApiException;

/** Measures a meter, or some that belong together, of resources that a discovery finds. Safe for several threads. */
public interface CentralPollster {
    /** What it costs to measure a resource, which decides how the work is shared. */
    enum Kind {
        /** Nothing: the listing says it all. One member of a cluster lists and measures. */
        LISTED,
        /** A request or more for each resource. Members share the resources in partitions. */
        PER_RESOURCE
    }

    /** What patterns of {@code polling.yaml} are matched with. */
    String name();

    /** Name of the discovery of its resources, unless a source names another. */
    String defaultDiscovery();

    Kind kind();

    /**
     * Measures one resource. What cannot be measured of it is told to the sink; an unknown text of the API is no failure.
     *
     * @throws ApiException if the API gave no answer; nothing of the resource is known then
     */
    void poll(Discovered resource, ValueSink to) throws ApiException, InterruptedException;
}
