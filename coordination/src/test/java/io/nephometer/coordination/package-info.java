// SPDX-License-Identifier: Apache-2.0
/** What every coordinator must do, and tests of what they have in common. */
@NullMarked
package io.nephometer.coordination;

import org.jspecify.annotations.NullMarked;
