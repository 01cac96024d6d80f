// SPDX-License-Identifier: Apache-2.0
/** What is said of a replica's age, against the truth. */
@NullMarked
package io.nephometer.benchmarks.replica;

import org.jspecify.annotations.NullMarked;
