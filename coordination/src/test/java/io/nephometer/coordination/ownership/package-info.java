// SPDX-License-Identifier: Apache-2.0
/** Ownership, by single cases and in a simulated cluster. */
@NullMarked
package io.nephometer.coordination.ownership;

import org.jspecify.annotations.NullMarked;
