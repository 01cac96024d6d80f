// SPDX-License-Identifier: Apache-2.0
/** The shared cache on Redis or Valkey. Each call is one Lua script, so one atomic step and one round trip. */
@NullMarked
package io.nephometer.inventory.shared.redis;

import org.jspecify.annotations.NullMarked;
