// SPDX-License-Identifier: Apache-2.0
/** The demonstration: a recorded cloud, replayed with faults into a temporary ledger, and the count that nothing was lost or doubled. */
@NullMarked
package io.nephometer.app.demo;

import org.jspecify.annotations.NullMarked;
