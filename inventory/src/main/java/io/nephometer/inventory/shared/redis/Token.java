// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

/** By what a refresher is known: the incarnation of the cache, and a number that grows with each refresher of it. */
record Token(String incarnation, String number) {
    /** Of who is none. */
    static final Token NONE = new Token("", "");

    /** For one command of a seat; what {@link Steps} say goes with the incarnation. */
    Token with(String steps) {
        return new Token(incarnation + " " + steps, number);
    }
}
