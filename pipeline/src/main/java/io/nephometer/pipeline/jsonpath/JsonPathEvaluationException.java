// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

/**
 * A path does not apply to the tree at hand: an index into a number, an order between text and number, and so on. Has no stack
 * trace, because every message of a kind may raise it.
 */
public final class JsonPathEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonPathEvaluationException(String message) {
        super(message, null, false, false);
    }
}
