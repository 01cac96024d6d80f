// SPDX-License-Identifier: Apache-2.0
/** Keeps a shared cache as Nova and Glance have it: the one client that they see of all the agents of a cloud. */
@NullMarked
package io.nephometer.inventory.shared.refresh;

import org.jspecify.annotations.NullMarked;
