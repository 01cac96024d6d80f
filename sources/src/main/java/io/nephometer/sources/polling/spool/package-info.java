// SPDX-License-Identifier: Apache-2.0
/** Measurements on disk, while the bus does not take them. */
@NullMarked
package io.nephometer.sources.polling.spool;

import org.jspecify.annotations.NullMarked;
