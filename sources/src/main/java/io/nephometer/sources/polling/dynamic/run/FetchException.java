// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

/** A question that got no answer that could be used. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    public FetchException(String message) {
        super(message);
    }
}
