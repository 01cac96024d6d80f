// SPDX-License-Identifier: Apache-2.0
/** The check of a cloud, checked. */
@NullMarked
package io.nephometer.e2e.cloud;

import org.jspecify.annotations.NullMarked;
