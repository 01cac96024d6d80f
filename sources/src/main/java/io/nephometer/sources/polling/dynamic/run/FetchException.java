// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

/** A question that got no answer that could be used. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isNoService;

    public FetchException(String message) {
        this(message, false);
    }

    private FetchException(String message, boolean isNoService) {
        super(message);
        this.isNoService = isNoService;
    }

    /** The cloud has no such service, and so nothing to ask. */
    static FetchException noService(String message) {
        return new FetchException(message, true);
    }

    boolean isNoService() {
        return isNoService;
    }
}
