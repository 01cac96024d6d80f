// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

/** Who told how an instance is. */
public enum Teller {
    /** Nova's API. */
    API,
    /** A notification. */
    EVENT
}
