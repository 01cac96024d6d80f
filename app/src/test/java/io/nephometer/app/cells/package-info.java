// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.app.cells;

import org.jspecify.annotations.NullMarked;
