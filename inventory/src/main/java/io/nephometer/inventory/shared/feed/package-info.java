// SPDX-License-Identifier: Apache-2.0
/** What Nova's notifications tell of instances, and the way of that into the shared cache. */
@NullMarked
package io.nephometer.inventory.shared.feed;

import org.jspecify.annotations.NullMarked;
