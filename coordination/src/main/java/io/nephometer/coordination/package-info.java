// SPDX-License-Identifier: Apache-2.0
/** Who takes part in work that several processes share: the seam, and what every driver of it has in common. */
@NullMarked
package io.nephometer.coordination;

import org.jspecify.annotations.NullMarked;
