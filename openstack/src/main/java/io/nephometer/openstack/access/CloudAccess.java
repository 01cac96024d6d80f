// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to log in, as whom, and which endpoints to use. Prints no secret.
 *
 * @param authUrl of Keystone, with or without {@code /v3}
 * @param region null if the catalog has one region only, or the first that fits will do
 * @param endpoints used instead of what the catalog says, by service type ({@code compute})
 * @param authorities PEM file of the authorities to trust; null for those of the Java runtime
 */
public record CloudAccess(
        URI authUrl,
        Credentials credentials,
        Scope scope,
        @Nullable String region,
        EndpointInterface endpointInterface,
        Map<String, URI> endpoints,
        @Nullable Path authorities) {
    public CloudAccess {
        endpoints = Map.copyOf(endpoints);
    }
}
