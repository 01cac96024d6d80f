// SPDX-License-Identifier: Apache-2.0
/** The check of compute agents, checked. */
@NullMarked
package io.nephometer.e2e.cloud.compute;

import org.jspecify.annotations.NullMarked;
