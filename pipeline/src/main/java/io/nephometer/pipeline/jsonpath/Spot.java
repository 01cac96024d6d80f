// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import org.jspecify.annotations.Nullable;

/**
 * A value and the way to it.
 *
 * @param above the spot that this one was reached from; null at the top, and for computed values
 * @param step how it was reached: a field name (String), an index (Integer), or a {@link Top} where {@code above} is null
 */
record Spot(@Nullable Object value, @Nullable Spot above, Object step) {
    /** What the parent of a top is: a match without a value, which any use but a further path raises on. */
    static final Spot NOWHERE = new Spot(null, null, Top.NOWHERE);

    /** Kinds of spots with nothing above them. */
    enum Top {
        /** The tree as handed in, before any step. */
        BARE("`this`"),
        ROOT("$"),
        /** Computed, or the item that a filter or sort looks at. */
        THIS("`this`"),
        LENGTH("`len`"),
        NOWHERE("");

        private final String sign;

        Top(String sign) {
            this.sign = sign;
        }
    }

    static Spot bare(@Nullable Object value) {
        return new Spot(value, null, Top.BARE);
    }

    static Spot computed(@Nullable Object value) {
        return new Spot(value, null, Top.THIS);
    }

    static Spot root(@Nullable Object value) {
        return new Spot(value, null, Top.ROOT);
    }

    static Spot length(int length) {
        return new Spot((long) length, null, Top.LENGTH);
    }

    Spot field(String name, @Nullable Object child) {
        return new Spot(child, this, name);
    }

    Spot item(int index, @Nullable Object child) {
        return new Spot(child, this, index);
    }

    /** The topmost spot of the way here. */
    Spot top() {
        Spot spot = this;
        while (spot.above != null) {
            spot = spot.above;
        }
        return spot;
    }

    Spot parent() {
        return above == null ? NOWHERE : above;
    }

    void requirePresent() {
        if (step == Top.NOWHERE) {
            throw new JsonPathEvaluationException("`parent` of the topmost value");
        }
    }

    /** The way here from the top, as {@link Match#path} says. */
    String path() {
        if (step instanceof Top top) {
            return top.sign;
        }
        StringBuilder text = new StringBuilder();
        appendPath(text);
        return text.toString();
    }

    private void appendPath(StringBuilder text) {
        if (above != null) {
            above.appendPath(text);
        }
        if (step == Top.LENGTH || !(step instanceof Top)) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            switch (step) {
                case Integer index -> text.append('[').append(index.intValue()).append(']');
                case Top top -> text.append(top.sign);
                default -> text.append(step);
            }
        }
    }
}
