// SPDX-License-Identifier: Apache-2.0
/** Coordination within one process. */
@NullMarked
package io.nephometer.coordination.memory;

import org.jspecify.annotations.NullMarked;
