// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path decoded, without the query
 * @param headers by their names in lower case; of several with one name the last
 */
public record Request(String method, String path, Query query, Map<String, String> headers, String body) {
    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The same with other parameters. */
    public Request with(Query other) {
        return new Request(method, path, other, headers, body);
    }
}
