// SPDX-License-Identifier: Apache-2.0
/** Coordination on a real etcd. */
@NullMarked
package io.nephometer.coordination.etcd;

import org.jspecify.annotations.NullMarked;
