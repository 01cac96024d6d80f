// SPDX-License-Identifier: Apache-2.0
/** Assertions about configuration records. */
@NullMarked
package io.nephometer.testkit.config;

import org.jspecify.annotations.NullMarked;
