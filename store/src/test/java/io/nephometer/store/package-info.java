// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.store;

import org.jspecify.annotations.NullMarked;
