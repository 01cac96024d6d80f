// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import java.util.Optional;
import java.util.function.Function;

/**
 * What an answer says in its body, and in its headers.
 *
 * @param headers by name, whatever its case
 */
public record HeadedAnswer<T>(T value, Function<String, Optional<String>> headers) {
    public Optional<String> header(String name) {
        return headers.apply(name);
    }
}
