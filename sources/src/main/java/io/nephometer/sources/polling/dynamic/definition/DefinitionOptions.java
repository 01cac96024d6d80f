// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import java.util.Set;

/**
 * What the reader of definitions lets through.
 *
 * @param commands whether a definition may name a command that is run on this host
 * @param authentications known ones, as {@code module.object}
 */
public record DefinitionOptions(boolean commands, Set<String> authentications) {
    /** Sends name and password with each request. */
    public static final String BASIC = "requests.auth.HTTPBasicAuth";
    /** Sends nothing. */
    public static final String NONE = "none";

    /** No commands; basic authentication or none. */
    public static final DefinitionOptions DEFAULT = new DefinitionOptions(false, Set.of(BASIC, NONE));

    public DefinitionOptions {
        authentications = Set.copyOf(authentications);
    }
}
