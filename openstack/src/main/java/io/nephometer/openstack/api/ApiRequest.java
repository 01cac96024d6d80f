// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a service. Only reading: every request is a GET and may be repeated.
 *
 * @param path below the endpoint, without leading slash, percent-encoded where it must be: {@code servers/detail}
 * @param query parameters in their order, not encoded
 * @param headers beside those that every request has
 */
public record ApiRequest(String path, List<Parameter> query, Map<String, String> headers, Reason reason) {
    public ApiRequest {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** One parameter of the query. */
    public record Parameter(String name, String value) {}

    public static ApiRequest of(String path, Reason reason) {
        return new ApiRequest(path, List.of(), Map.of(), reason);
    }

    /** One thing by its id, which may hold any character. */
    public static ApiRequest ofOne(String collection, String id, Reason reason) {
        return of(collection + "/" + encoded(id).replace("+", "%20"), reason);
    }

    /** With a parameter more, unless its value is null. */
    public ApiRequest with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        List<Parameter> more = new ArrayList<>(query);
        more.add(new Parameter(name, value.toString()));
        return new ApiRequest(path, more, headers, reason);
    }

    public ApiRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(path, query, more, reason);
    }

    public ApiRequest withQuery(List<Parameter> parameters) {
        return new ApiRequest(path, parameters, headers, reason);
    }

    /** Path and query as they are sent, without leading slash. */
    public String target() {
        if (query.isEmpty()) {
            return path;
        }
        return path
                + query.stream()
                        .map(parameter -> encoded(parameter.name()) + "=" + encoded(parameter.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
