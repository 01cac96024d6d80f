// SPDX-License-Identifier: Apache-2.0
/** Cinder: volumes, snapshots, backups, pools and services. */
@NullMarked
package io.nephometer.simulator.block;

import org.jspecify.annotations.NullMarked;
