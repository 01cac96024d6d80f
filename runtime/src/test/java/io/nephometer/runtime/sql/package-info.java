// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.runtime.sql;

import org.jspecify.annotations.NullMarked;
