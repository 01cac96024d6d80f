// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.util.Optional;
import java.util.function.Consumer;

/** A cloud behind its APIs. */
record ApiReader(NovaClient nova, GlanceClient glance) implements CloudReader {
    @Override
    public Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        return nova.servers(query, reason, each);
    }

    @Override
    public Optional<Server> server(String id) throws ApiException {
        return nova.server(id, Reason.SERVER);
    }

    @Override
    public Listing flavors(Consumer<Flavor> each) throws ApiException {
        return nova.flavors(Reason.FLAVOR, each);
    }

    @Override
    public Optional<Flavor> flavor(String id) throws ApiException {
        return nova.flavor(id, Reason.FLAVOR);
    }

    @Override
    public Optional<Image> image(String id) throws ApiException {
        return glance.image(id, Reason.IMAGE);
    }
}
