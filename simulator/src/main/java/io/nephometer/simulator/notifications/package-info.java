// SPDX-License-Identifier: Apache-2.0
/** What the services would put on the bus. */
@NullMarked
package io.nephometer.simulator.notifications;

import org.jspecify.annotations.NullMarked;
