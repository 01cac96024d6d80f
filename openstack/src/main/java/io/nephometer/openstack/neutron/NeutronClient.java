// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.neutron;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.PageReader;
import io.nephometer.openstack.keystone.ServiceClient;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads from Neutron. Entries are handed over as {@code CinderClient} does it. Thread-safe. */
public final class NeutronClient {
    private static final int PAGE_SIZE = 1000;

    private final ServiceClient service;

    /** Asks nothing yet. */
    public NeutronClient(ServiceClient service) {
        this.service = service;
    }

    /** Hands over every floating address; of an administrator, those of all projects. */
    public Listing floatingIps(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return service.list(
                ApiRequest.of("floatingips", reason).with("limit", PAGE_SIZE),
                PageReader.withLinks("floatingips", json -> each.accept(json.object())));
    }
}
