// SPDX-License-Identifier: Apache-2.0
/** How messages of the bus are signed with a shared secret. */
@NullMarked
package io.nephometer.runtime.signature;

import org.jspecify.annotations.NullMarked;
