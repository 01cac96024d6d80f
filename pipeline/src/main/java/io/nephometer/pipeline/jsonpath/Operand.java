// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

/** What may stand beside an arithmetic sign: a path or a constant. */
sealed interface Operand permits Operand.Constant, Path {
    /** A text or number written in the path; Long, BigInteger, Double or String. */
    record Constant(Object value) implements Operand {}
}
