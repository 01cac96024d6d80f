// SPDX-License-Identifier: Apache-2.0
/** The check of central agents, checked. */
@NullMarked
package io.nephometer.e2e.cloud.central;

import org.jspecify.annotations.NullMarked;
