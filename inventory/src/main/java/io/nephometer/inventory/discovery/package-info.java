// SPDX-License-Identifier: Apache-2.0
/** Which instances are measured in a cycle, and what their samples say of them. */
@NullMarked
package io.nephometer.inventory.discovery;

import org.jspecify.annotations.NullMarked;
