// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A request that failed, after all attempts. Its text says service, path, status, request id and what to do; never a secret. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ApiFailure failure;
    private final transient ServiceType service;
    private final String path;
    private final int status;
    private final @Nullable String requestId;

    /**
     * @param path with its query, without host
     * @param status 0 if there was no answer
     * @param requestId as the service named it in its answer
     * @param detail what was wrong, in a few words
     */
    public ApiException(
            ApiFailure failure,
            ServiceType service,
            String path,
            int status,
            @Nullable String requestId,
            String detail,
            @Nullable Throwable cause) {
        super(text(failure, service, path, status, requestId, detail), cause);
        this.failure = failure;
        this.service = service;
        this.path = path;
        this.status = status;
        this.requestId = requestId;
    }

    private static String text(
            ApiFailure failure,
            ServiceType service,
            String path,
            int status,
            @Nullable String requestId,
            String detail) {
        StringBuilder text =
                new StringBuilder(service.label()).append(' ').append(path).append(": ");
        if (status > 0) {
            text.append(status).append(", ");
        }
        text.append(detail).append(" (").append(failure.label());
        if (requestId != null) {
            text.append(", ").append(requestId);
        }
        return text.append("); ").append(failure.next()).toString();
    }

    public ApiFailure failure() {
        return failure;
    }

    public ServiceType service() {
        return service;
    }

    /** What was asked for, with its query, without host. */
    public String path() {
        return path;
    }

    /** The HTTP status; empty if there was no answer. */
    public OptionalInt status() {
        return status > 0 ? OptionalInt.of(status) : OptionalInt.empty();
    }

    /** The id under which the service's own log tells of the request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
