// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

/** Parts of a process that did not start or stop as they should; the causes are kept, further ones as suppressed. */
public final class LifecycleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LifecycleException(String message, Throwable cause) {
        super(message, cause);
    }
}
