// SPDX-License-Identifier: Apache-2.0
/** Keystone: versions, tokens, the catalog. */
@NullMarked
package io.nephometer.simulator.identity;

import org.jspecify.annotations.NullMarked;
