// SPDX-License-Identifier: Apache-2.0
/** One class per command. */
@NullMarked
package io.nephometer.app.cli;

import org.jspecify.annotations.NullMarked;
