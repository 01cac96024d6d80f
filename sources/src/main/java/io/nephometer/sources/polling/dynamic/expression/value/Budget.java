// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

/**
 * What one evaluation may still do. Whatever an expression does costs steps in proportion to the work, and whatever it makes is
 * measured before it is made: so none can take long or fill the memory. For one thread.
 */
public final class Budget {
    /** Steps of one evaluation: some tenths of a second at worst. */
    public static final int MOST_STEPS = 5_000_000;
    /** Characters of a text. */
    public static final int MOST_CHARACTERS = 1 << 20;
    /** Items of a list, a tuple or a map. */
    public static final int MOST_ITEMS = 1 << 20;
    /** Bits of a whole number; about 4,900 digits. */
    public static final int MOST_BITS = 1 << 14;
    /** Evaluations within evaluations. */
    public static final int MOST_DEPTH = 200;

    private static final int CHARACTERS_PER_STEP = 16;

    private int steps = MOST_STEPS;
    private int depth;

    /** One piece of work. */
    public void step() {
        steps(1);
    }

    /** So many pieces of work, before they are done. */
    public void steps(long count) {
        if (count > steps) {
            throw new Fault(Fault.Kind.LIMIT, "takes more than " + MOST_STEPS + " steps");
        }
        steps -= (int) count;
    }

    /** Looking through {@code hay} characters for {@code needle} of them, in the worst case. */
    public void search(int hay, int needle) {
        steps(1 + (long) hay * Math.max(needle, 1) / CHARACTERS_PER_STEP);
    }

    /** A text of so many characters is about to be made. */
    public void text(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new Fault(Fault.Kind.LIMIT, "makes a text of more than " + MOST_CHARACTERS + " characters");
        }
        steps(1 + characters / CHARACTERS_PER_STEP);
    }

    /** A text has grown by a piece that is itself bounded. */
    public void grown(int from, int to) {
        if (to > MOST_CHARACTERS) {
            text(to);
        }
        steps(1 + (to - from) / CHARACTERS_PER_STEP);
    }

    /** A collection of so many items is about to be made. */
    public void items(long count) {
        if (count > MOST_ITEMS) {
            throw new Fault(Fault.Kind.LIMIT, "makes a list of more than " + MOST_ITEMS + " items");
        }
        steps(1 + count);
    }

    /** A whole number of so many bits is about to be made. */
    public void bits(long count) {
        if (count > MOST_BITS) {
            throw new Fault(Fault.Kind.LIMIT, "makes a whole number of more than " + MOST_BITS + " bits");
        }
        step();
    }

    /** An evaluation within another begins; {@link #leave} ends it. */
    public void enter() {
        if (++depth > MOST_DEPTH) {
            throw new Fault(Fault.Kind.LIMIT, "calls itself, or is nested, deeper than " + MOST_DEPTH + " levels");
        }
        step();
    }

    public void leave() {
        depth--;
    }
}
