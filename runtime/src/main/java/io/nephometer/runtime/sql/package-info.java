// SPDX-License-Identifier: Apache-2.0
/** What databases say, for whoever asks one by JDBC. */
@NullMarked
package io.nephometer.runtime.sql;

import org.jspecify.annotations.NullMarked;
