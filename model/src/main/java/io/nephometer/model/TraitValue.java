// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.math.BigInteger;
import java.time.Instant;

/** The typed value of a trait. The type numbers are those of Ceilometer's wire format. */
public sealed interface TraitValue {
    /** 1 text, 2 integer, 3 float, 4 datetime. */
    int dtype();

    /** Text, at most 255 characters when it comes from a definition. */
    record Text(String value) implements TraitValue {
        @Override
        public int dtype() {
            return 1;
        }
    }

    /** An integer of any size: senders are not bound to 64 bits. */
    record Int(BigInteger value) implements TraitValue {
        public static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }

        @Override
        public int dtype() {
            return 2;
        }
    }

    /** A floating-point number; NaN and the infinities are possible. */
    record Decimal(double value) implements TraitValue {
        @Override
        public int dtype() {
            return 3;
        }
    }

    /** A point in time, to the microsecond. */
    record Datetime(Instant value) implements TraitValue {
        @Override
        public int dtype() {
            return 4;
        }
    }
}
