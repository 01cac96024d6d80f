// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.glance;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.PageReader;
import io.nephometer.openstack.keystone.ServiceClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads from Glance's API v2. Lists are handed over entry by entry, as by {@code NovaClient}. Thread-safe. */
public final class GlanceClient {
    /** Glance gives 25 by default, and never more than its own bound (1000). */
    private static final int PAGE_SIZE = 200;

    private final ServiceClient service;

    /** Asks nothing yet. */
    public GlanceClient(ServiceClient service) {
        this.service = service;
    }

    /** One image; empty if Glance has none of that id, or hides it from us. */
    public Optional<Image> image(String id, Reason reason) throws ApiException {
        return service.find(ApiRequest.ofOne("images", id, reason), ImageReader::read);
    }

    /** As {@link #images}, each as Glance writes it, by its names. */
    public Listing entries(Reason reason, Consumer<Map<String, @Nullable Object>> each) throws ApiException {
        return service.list(
                ApiRequest.of("images", reason).with("limit", PAGE_SIZE),
                PageReader.withNext("images", json -> each.accept(json.object())));
    }

    /** Hands over every image that we may see; of an administrator, those of all projects. */
    public Listing images(Reason reason, Consumer<Image> each) throws ApiException {
        return service.list(
                ApiRequest.of("images", reason).with("limit", PAGE_SIZE),
                PageReader.withNext("images", json -> each.accept(ImageReader.read(json))));
    }
}
