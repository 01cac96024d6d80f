// SPDX-License-Identifier: Apache-2.0
/** When it is measured: one slot after the other, aligned to the wall clock. */
@NullMarked
package io.nephometer.sources.polling.slots;

import org.jspecify.annotations.NullMarked;
