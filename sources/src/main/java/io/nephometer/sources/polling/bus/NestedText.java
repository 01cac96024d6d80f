// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

/**
 * A piece of JSON that goes into a JSON text.
 *
 * @param size about its bytes there: its quotes and backslashes are escaped once more
 */
record NestedText(String text, int size) {
    static NestedText of(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? (c == '"' || c == '\\' ? 2 : 1) : 3;
        }
        return new NestedText(text, size);
    }
}
