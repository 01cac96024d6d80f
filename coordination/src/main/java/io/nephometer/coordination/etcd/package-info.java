// SPDX-License-Identifier: Apache-2.0
/** Coordination by etcd 3. */
@NullMarked
package io.nephometer.coordination.etcd;

import org.jspecify.annotations.NullMarked;
