// SPDX-License-Identifier: Apache-2.0
/** What can be made to go wrong. */
@NullMarked
package io.nephometer.simulator.faults;

import org.jspecify.annotations.NullMarked;
