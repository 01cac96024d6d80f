// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

/**
 * Where a value was written.
 *
 * @param source a file, or the name of a variable
 * @param line counted from 1; 0 if the source has no lines
 */
public record Origin(String source, int line) {
    /** What nobody wrote. */
    static final Origin DEFAULT = new Origin("default", 0);

    static Origin environment(String variable) {
        return new Origin("environment " + variable, 0);
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
