// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

/** How agents know the instances of their hosts. */
enum Mode {
    NO_CACHE("no cache"),
    LOCAL("local cache"),
    GLOBAL("global cache"),
    GLOBAL_FED("global cache + feed");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean isShared() {
        return this == GLOBAL || this == GLOBAL_FED;
    }
}
