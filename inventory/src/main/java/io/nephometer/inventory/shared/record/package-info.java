// SPDX-License-Identifier: Apache-2.0
/** What the bodies of a shared cache say, and how a new observation is merged into what is known. */
@NullMarked
package io.nephometer.inventory.shared.record;

import org.jspecify.annotations.NullMarked;
