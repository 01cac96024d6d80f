// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.cinder;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.PageReader;
import io.nephometer.openstack.keystone.ServiceClient;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Cinder, of all projects. Entries are handed over as Cinder writes them, by its names, while they arrive; whoever takes
 * them must discard what he got if the call fails, and of an entry that comes twice the later one counts. Thread-safe.
 */
public final class CinderClient {
    /** Of Xena (2021): the last that shows anything that is read here. An older Cinder answers 406. */
    private static final String MICROVERSION = "volume 3.64";

    /** Cinder gives no more, whatever is asked for. */
    private static final int PAGE_SIZE = 1000;

    private final ServiceClient service;

    /** Asks nothing yet. */
    public CinderClient(ServiceClient service) {
        this.service = service;
    }

    public Listing volumes(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return ofAllProjects("volumes", reason, each);
    }

    public Listing snapshots(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return ofAllProjects("snapshots", reason, each);
    }

    public Listing backups(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return ofAllProjects("backups", reason, each);
    }

    /** Pools of back ends, each with its {@code capabilities}. */
    public Listing pools(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return list(ApiRequest.of("scheduler-stats/get_pools", reason).with("detail", "true"), "pools", each);
    }

    /** Cinder's own services: schedulers, volume and backup services. */
    public Listing services(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return list(ApiRequest.of("os-services", reason), "services", each);
    }

    private Listing ofAllProjects(String collection, Reason reason, Consumer<Map<String, @Nullable Object>> each)
            throws ApiException {
        ApiRequest request = ApiRequest.of(collection + "/detail", reason)
                .with("all_tenants", 1)
                .with("limit", PAGE_SIZE);
        return list(request, collection, each);
    }

    private Listing list(ApiRequest request, String collection, Consumer<Map<String, @Nullable Object>> each)
            throws ApiException {
        return service.list(
                request.withHeader("OpenStack-API-Version", MICROVERSION),
                PageReader.withLinks(collection, json -> each.accept(json.object())));
    }
}
