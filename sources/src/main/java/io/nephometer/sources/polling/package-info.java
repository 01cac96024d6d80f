// SPDX-License-Identifier: Apache-2.0
/** What was measured in a slot, and where it goes. The packages below measure, schedule, send and spool. */
@NullMarked
package io.nephometer.sources.polling;

import org.jspecify.annotations.NullMarked;
