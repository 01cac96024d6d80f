// SPDX-License-Identifier: Apache-2.0
/** The program: command line, configuration, wiring. */
@NullMarked
package io.nephometer.app;

import org.jspecify.annotations.NullMarked;
