// SPDX-License-Identifier: Apache-2.0
/** The inventory of one host, kept in memory and renewed from Nova and Glance at the least cost to them. */
@NullMarked
package io.nephometer.inventory.cache;

import org.jspecify.annotations.NullMarked;
