// SPDX-License-Identifier: Apache-2.0
/** What is known of the resources that are measured, and how old that is. */
@NullMarked
package io.nephometer.inventory;

import org.jspecify.annotations.NullMarked;
