// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import org.jspecify.annotations.Nullable;

/** The ledger gave no epoch; the message says what is wrong with it. */
public final class EpochException extends Exception {
    private static final long serialVersionUID = 1L;

    public EpochException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
