// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

/** A {@code telemetry.polling} message whose content is not what polling agents send; names the sample and the key. */
public final class BadPolledSampleException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPolledSampleException(String message) {
        super(message, null, false, false);
    }
}
