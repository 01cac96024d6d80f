// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param uri where to; its query and path appear in messages, so neither may hold a secret
 * @param token null if the service wants none
 * @param body null for a GET; anything else is a POST, which is never sent twice
 * @param mayBeAbsent whether a 404 of the service itself is an answer, not a failure
 */
public record Outgoing(
        ServiceType service,
        URI uri,
        Map<String, String> headers,
        @Nullable Secret token,
        @Nullable Secret body,
        Reason reason,
        boolean mayBeAbsent) {
    /** Asks below an endpoint. */
    public static Outgoing get(ServiceType service, URI endpoint, ApiRequest request, Secret token) {
        return new Outgoing(
                service,
                URI.create(endpoint + "/" + request.target()),
                request.headers(),
                token,
                null,
                request.reason(),
                false);
    }

    /** Sends a body that holds secrets. */
    public static Outgoing post(ServiceType service, URI uri, Secret body, Reason reason) {
        return new Outgoing(service, uri, Map.of(), null, body, reason, false);
    }

    public Outgoing orAbsent() {
        return new Outgoing(service, uri, headers, token, body, reason, true);
    }

    boolean isRepeatable() {
        return body == null;
    }

    /** For messages: method, path and query. */
    String what() {
        String query = uri.getRawQuery();
        return (body == null ? "GET " : "POST ") + uri.getRawPath() + (query == null ? "" : "?" + query);
    }

    ApiException failed(
            ApiFailure failure, int status, @Nullable String requestId, String detail, @Nullable Throwable cause) {
        return new ApiException(failure, service, what(), status, requestId, detail, cause);
    }
}
