// SPDX-License-Identifier: Apache-2.0
/** What commands print: tables, JSON lines, CSV, progress. */
@NullMarked
package io.nephometer.app.output;

import org.jspecify.annotations.NullMarked;
