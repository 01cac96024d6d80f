// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.api.ServiceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The endpoints of a cloud's services. */
record Catalog(List<Endpoint> endpoints) {
    Catalog {
        endpoints = List.copyOf(endpoints);
    }

    /** One endpoint; the region is empty if it has none. */
    record Endpoint(String type, String side, String region, String url) {
        Endpoint ofType(String known) {
            return new Endpoint(known, side, region, url);
        }

        @Override
        public String toString() {
            return side + " in " + (region.isEmpty() ? "no region" : region);
        }
    }

    /** The URL of a service's endpoint; the first of the first of its types that fits. */
    Optional<String> find(ServiceType service, EndpointInterface side, @Nullable String region) {
        return endpoint(service, side, region).map(Endpoint::url);
    }

    /** The first of the first of a service's types that fits. */
    Optional<Endpoint> endpoint(ServiceType service, EndpointInterface side, @Nullable String region) {
        return service.names().stream()
                .flatMap(type ->
                        endpoints.stream().filter(endpoint -> endpoint.type().equals(type)))
                .filter(endpoint -> endpoint.side().equals(side.label()))
                .filter(endpoint -> region == null || endpoint.region().equals(region))
                .findFirst();
    }

    /** Whether there is anything of a service, be it of another region or side. */
    boolean has(ServiceType service) {
        return endpoints.stream().anyMatch(endpoint -> service.names().contains(endpoint.type()));
    }

    /** What the catalog has of a service, for messages. */
    String offer(ServiceType service) {
        String offer = endpoints.stream()
                .filter(endpoint -> service.names().contains(endpoint.type()))
                .map(Endpoint::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return offer.isEmpty() ? "nothing" : offer;
    }
}
