// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

/** A key that is not there. */
public final class MissingException extends ExtractionException {
    private static final long serialVersionUID = 1L;

    public MissingException(String message) {
        super(message);
    }
}
