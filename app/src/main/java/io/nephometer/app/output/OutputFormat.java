// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

/** How a command prints many things of one kind. */
public enum OutputFormat {
    /** Aligned columns, for people. */
    TABLE,
    /** One JSON object per line, whole. */
    JSONL,
    /** Comma-separated columns with a header (RFC 4180, lines end with a line feed). */
    CSV
}
