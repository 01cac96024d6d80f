// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param uri where to; its query and path appear in messages, so neither may hold a secret
 * @param token null if the service wants none
 * @param body null for a GET; anything else is a POST, which is never sent twice
 * @param secrets what stands in the body and must not appear in a message, should the service repeat it
 * @param mayBeAbsent whether a 404 of the service itself is an answer, not a failure
 * @param mayRedirect whether a redirect is an answer, not a failure; it is not followed
 * @param timeout for the beginning of the answer, if it is shorter than usual
 */
public record Outgoing(
        ServiceType service,
        URI uri,
        Map<String, String> headers,
        @Nullable Secret token,
        @Nullable Secret body,
        List<Secret> secrets,
        Reason reason,
        boolean mayBeAbsent,
        boolean mayRedirect,
        @Nullable Duration timeout) {
    public Outgoing {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** Asks below an endpoint. */
    public static Outgoing get(ServiceType service, URI endpoint, ApiRequest request, Secret token) {
        return new Outgoing(
                service,
                URI.create(endpoint + "/" + request.target()),
                request.headers(),
                token,
                null,
                List.of(),
                request.reason(),
                false,
                false,
                null);
    }

    /** Sends a body that holds secrets. */
    public static Outgoing post(ServiceType service, URI uri, Secret body, List<Secret> secrets, Reason reason) {
        return new Outgoing(service, uri, Map.of(), null, body, secrets, reason, false, false, null);
    }

    public Outgoing orAbsent() {
        return new Outgoing(service, uri, headers, token, body, secrets, reason, true, mayRedirect, timeout);
    }

    /** Asks any URL; what comes back is handed over as it is, redirects too. */
    public static Outgoing raw(
            ServiceType service, URI uri, Map<String, String> headers, Secret token, Duration timeout) {
        return new Outgoing(service, uri, headers, token, null, List.of(), Reason.MEASUREMENT, false, true, timeout);
    }

    boolean isRepeatable() {
        return body == null;
    }

    /** For messages: method, path and query. */
    String what() {
        String query = uri.getRawQuery();
        return (body == null ? "GET " : "POST ") + uri.getRawPath() + (query == null ? "" : "?" + query);
    }

    /** Whether what the service says may repeat more than can be masked: then it is not shown at all. */
    boolean isConfidential() {
        return body != null;
    }

    /** A text of the service without the secrets that it was sent, in the forms in which it may repeat them. */
    String masked(String text) {
        String masked = text;
        for (Secret secret : allSecrets()) {
            for (String form : SecretForms.of(secret)) {
                masked = masked.replace(form, secret.toString());
            }
        }
        return masked;
    }

    private List<Secret> allSecrets() {
        return Stream.concat(secrets.stream(), Stream.ofNullable(token)).toList();
    }

    ApiException failed(
            ApiFailure failure, int status, @Nullable String requestId, String detail, @Nullable Throwable cause) {
        String id = requestId == null ? null : masked(requestId);
        // A parser's message quotes what it could not read.
        Throwable told = isConfidential() && cause instanceof AnswerException ? null : cause;
        return new ApiException(failure, service, what(), status, id, detail, told);
    }
}
