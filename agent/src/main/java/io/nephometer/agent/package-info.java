// SPDX-License-Identifier: Apache-2.0
/** The program of a hypervisor. What the role compute does is in {@code io.nephometer.app.compute}; here it is a process. */
@NullMarked
package io.nephometer.agent;

import org.jspecify.annotations.NullMarked;
