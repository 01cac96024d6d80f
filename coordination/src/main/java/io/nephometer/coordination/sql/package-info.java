// SPDX-License-Identifier: Apache-2.0
/** Coordination by two tables of a database that all members reach. */
@NullMarked
package io.nephometer.coordination.sql;

import org.jspecify.annotations.NullMarked;
