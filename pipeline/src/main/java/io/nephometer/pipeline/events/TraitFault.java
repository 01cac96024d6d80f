// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.events;

/** A trait that a notification should have, but whose value is not what its definition says. Has no stack trace. */
public final class TraitFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String trait;

    TraitFault(String trait, String detail) {
        super(detail, null, false, false);
        this.trait = trait;
    }

    /** The name of the trait. */
    public String trait() {
        return trait;
    }

    /** What was expected and what was found. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
