// SPDX-License-Identifier: Apache-2.0
/** Coordination on real databases. */
@NullMarked
package io.nephometer.coordination.sql;

import org.jspecify.annotations.NullMarked;
