// SPDX-License-Identifier: Apache-2.0
/** The shared cache of those who share a process. */
@NullMarked
package io.nephometer.inventory.shared.memory;

import org.jspecify.annotations.NullMarked;
