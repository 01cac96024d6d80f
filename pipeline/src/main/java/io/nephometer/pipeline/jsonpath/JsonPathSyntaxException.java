// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

/** Text that is not a path. */
public final class JsonPathSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    JsonPathSyntaxException(String text, int position, String problem) {
        super("path \"" + text + "\", character " + (position + 1) + ": " + problem);
        this.position = position;
    }

    /** Index into the text of the path of the character that does not fit; its length where something is missing at the end. */
    public int position() {
        return position;
    }
}
