// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.nephometer.simulator.api;

import org.jspecify.annotations.NullMarked;
