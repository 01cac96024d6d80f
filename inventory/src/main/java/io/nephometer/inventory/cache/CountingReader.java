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

/** Counts what one refresh asks. A list that fails counts as one request, since nobody tells how many pages came before. */
final class CountingReader implements CloudReader {
    private final CloudReader cloud;
    private long listings;
    private long servers;
    private long flavors;
    private long images;

    CountingReader(CloudReader cloud) {
        this.cloud = cloud;
    }

    Refresh.Requests requests() {
        return new Refresh.Requests(listings, servers, flavors, images);
    }

    @Override
    public Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        listings++;
        Listing listing = cloud.servers(query, reason, each);
        listings += listing.pages() - 1L;
        return listing;
    }

    @Override
    public Optional<Server> server(String id) throws ApiException {
        servers++;
        return cloud.server(id);
    }

    @Override
    public Listing flavors(Consumer<Flavor> each) throws ApiException {
        flavors++;
        Listing listing = cloud.flavors(each);
        flavors += listing.pages() - 1L;
        return listing;
    }

    @Override
    public Optional<Flavor> flavor(String id) throws ApiException {
        flavors++;
        return cloud.flavor(id);
    }

    @Override
    public Optional<Image> image(String id) throws ApiException {
        images++;
        return cloud.image(id);
    }
}
