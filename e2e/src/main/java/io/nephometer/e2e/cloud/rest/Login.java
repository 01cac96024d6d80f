// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.api.ServiceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Keystone gave.
 *
 * @param token secret
 * @param endpoints all that the catalog has, as it writes them
 */
record Login(String token, String projectId, List<Endpoint> endpoints) {
    /** Where a service is, on one side and in one region. */
    record Endpoint(String type, String side, String region, String url) {}

    static Login of(String token, Map<?, ?> answer) {
        Map<?, ?> body = Fields.map(answer.get("token"));
        List<Endpoint> endpoints = Fields.list(body.get("catalog")).stream()
                .flatMap(service -> Fields.list(service.get("endpoints")).stream()
                        .map(endpoint -> new Endpoint(
                                Fields.text(service.get("type")),
                                Fields.text(endpoint.get("interface")),
                                Fields.text(endpoint.get("region")),
                                Fields.text(endpoint.get("url")))))
                .toList();
        return new Login(token, Fields.text(Fields.map(body.get("project")).get("id")), endpoints);
    }

    /** The address of a service, without a slash at its end. */
    Optional<String> endpoint(CloudAccess access, ServiceType service) {
        @Nullable Object other = access.endpoints().get(service.label());
        if (other != null) {
            return Optional.of(other.toString().replaceFirst("/$", ""));
        }
        String region = access.region();
        return service.names().stream()
                .flatMap(name ->
                        endpoints.stream().filter(endpoint -> endpoint.type().equals(name)))
                .filter(endpoint ->
                        endpoint.side().equals(access.endpointInterface().label()))
                .filter(endpoint -> region == null || endpoint.region().equals(region))
                .map(endpoint -> endpoint.url().replaceFirst("/$", ""))
                .findFirst();
    }

    @Override
    public String toString() {
        return "Login[" + projectId + "]";
    }
}
