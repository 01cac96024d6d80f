// SPDX-License-Identifier: Apache-2.0
/** How the agent of one host reads the shared cache, and what it does while that gives nothing. */
@NullMarked
package io.nephometer.inventory.shared.agent;

import org.jspecify.annotations.NullMarked;
