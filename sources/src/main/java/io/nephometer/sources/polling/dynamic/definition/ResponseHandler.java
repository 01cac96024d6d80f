// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import java.util.Locale;
import java.util.Optional;

/** How an answer may be read. */
public enum ResponseHandler {
    JSON,
    XML,
    TEXT;

    /** By its name in definitions. */
    static Optional<ResponseHandler> named(Object name) {
        for (ResponseHandler handler : values()) {
            if (handler.label().equals(name)) {
                return Optional.of(handler);
            }
        }
        return Optional.empty();
    }

    /** As definitions write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
