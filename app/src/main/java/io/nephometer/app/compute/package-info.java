// SPDX-License-Identifier: Apache-2.0
/** The role compute: measuring the instances of a hypervisor. */
@NullMarked
package io.nephometer.app.compute;

import org.jspecify.annotations.NullMarked;
