// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.util.Optional;
import java.util.function.Consumer;

/** The five questions that the cache asks a cloud. Lists come as {@code NovaClient} gives them: what was handed over counts only at the end. */
interface CloudReader {
    /** Servers that the query wants. */
    Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException;

    /** One server; empty if there is none, or no longer. */
    Optional<Server> server(String id) throws ApiException;

    /** All flavors. */
    Listing flavors(Consumer<Flavor> each) throws ApiException;

    /** One flavor; empty if there is none, or no longer. */
    Optional<Flavor> flavor(String id) throws ApiException;

    /** One image; empty if there is none, or no longer. */
    Optional<Image> image(String id) throws ApiException;
}
