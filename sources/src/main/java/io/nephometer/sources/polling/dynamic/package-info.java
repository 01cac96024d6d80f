// SPDX-License-Identifier: Apache-2.0
/** Dynamic pollsters as work that one member of a cluster does: one unit for each of a source. */
@NullMarked
package io.nephometer.sources.polling.dynamic;

import org.jspecify.annotations.NullMarked;
