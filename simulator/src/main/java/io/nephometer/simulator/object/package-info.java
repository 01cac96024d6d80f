// SPDX-License-Identifier: Apache-2.0
/** Swift: accounts and their containers. */
@NullMarked
package io.nephometer.simulator.object;

import org.jspecify.annotations.NullMarked;
