// SPDX-License-Identifier: Apache-2.0
/** What samples that came without metadata are of, as of the moment when they were taken. */
@NullMarked
package io.nephometer.inventory.shared.late;

import org.jspecify.annotations.NullMarked;
