// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

/** How a component is, as a value. */
public sealed interface Health {
    /** Works. */
    record Up(String detail) implements Health {}

    /** Works, but a person should look. */
    record Degraded(String detail) implements Health {}

    /** Does not do its work now. */
    record Down(String detail) implements Health {}

    String detail();
}
