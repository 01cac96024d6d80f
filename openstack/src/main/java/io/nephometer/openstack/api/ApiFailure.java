// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.util.Locale;

/** Why a request did not give what was asked for; also the label {@code outcome} of metrics. */
public enum ApiFailure {
    /** 401, also with a new token. */
    UNAUTHORIZED("check the credentials"),
    /** 403: the role lacks the right. */
    FORBIDDEN("give the user the role that this request needs"),
    /** 404: there is none of that id, or the endpoint is wrong. */
    NOT_FOUND("check the endpoint in the catalog, or override it"),
    /** The catalog does not name the service at all: this cloud has none. */
    NO_SERVICE("nothing, unless the cloud has this service: then its catalog lacks it"),
    /** 409. */
    CONFLICT("asked again when it is needed next"),
    /** 413, or an answer larger than the bound. */
    TOO_LARGE("ask for smaller pages, or raise the bound of an answer"),
    /** 429, after all attempts. */
    RATE_LIMITED("asked again when it is needed next; lower the budget of this service"),
    /** 5xx, after all attempts. */
    SERVER_ERROR("asked again when it is needed next"),
    /** No connection, or it broke. */
    UNREACHABLE("asked again when it is needed next"),
    /** No connection, no answer, or not all of it, within the time-outs. */
    TIMEOUT("asked again when it is needed next"),
    /** The answer is not what the API promises: no JSON, cut off, a value of the wrong type, a redirect. */
    BAD_ANSWER("check what stands behind the endpoint"),
    /** The budget of this service is used up; the request was not sent. */
    BUDGET("asked again when it is needed next; raise the budget of this service if that happens often"),
    /** The service asked to be left alone for a while, by Retry-After; the request was not sent. */
    LEFT_ALONE("asked again when it is needed after that"),
    /** 400 and other statuses of the 4xx kind: the service does not understand or accept the question. */
    REFUSED_QUERY("the same question is refused again: check the versions of the service");

    private final String next;

    ApiFailure(String next) {
        this.next = next;
    }

    /** What happens next, or what to do. */
    public String next() {
        return next;
    }

    /** As a metric label: {@code rate_limited}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The failure that an HTTP status means; only for statuses that are not 2xx. */
    public static ApiFailure ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 429 -> RATE_LIMITED;
            default -> status >= 500 ? SERVER_ERROR : status >= 400 ? REFUSED_QUERY : BAD_ANSWER;
        };
    }
}
