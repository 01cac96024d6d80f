// SPDX-License-Identifier: Apache-2.0
/** Central agents, held against what the APIs list. */
@NullMarked
package io.nephometer.e2e.cloud.central;

import org.jspecify.annotations.NullMarked;
