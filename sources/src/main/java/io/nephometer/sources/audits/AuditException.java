// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import org.jspecify.annotations.Nullable;

/** What an audit needs cannot be reached now. It is tried again. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1L;

    public AuditException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
