// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

/** What a simulated process does wrong, to see that the simulation notices. */
enum Flaw {
    NONE,
    /** Its ticker stands still while it hears nothing. */
    STANDING_TICKER,
    /** It numbers its tenures itself. */
    OWN_EPOCHS,
    /** It does not see one of the others. */
    BLIND,
    /** It goes on with what it was told to give up. */
    DEAF,
    /** It beats whenever it wakes. */
    RESTLESS
}
