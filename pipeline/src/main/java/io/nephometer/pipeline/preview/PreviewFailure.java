// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

/** Why there is no event, or are no samples, of a notification that should give some. Has no stack trace. */
final class PreviewFailure extends Exception {
    private static final long serialVersionUID = 1L;

    PreviewFailure(String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
