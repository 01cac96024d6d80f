// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** How an amendment ended. */
public enum Amended {
    /** It is so now. */
    DONE,
    /** Somebody changed the instance since it was read: read it again, and decide again. */
    CONFLICT,
    /** The instance was deleted before, and stays so. */
    GONE,
    /** There is no set yet. Whoever fills the first may have read the instance before this: want a refresh. */
    NOT_FILLED
}
