// SPDX-License-Identifier: Apache-2.0
/**
 * Real servers of Debian's packages, each run privately: loopback only, on free ports, with its data in a temporary folder,
 * and ended by whoever started it. No other server of the machine is started, stopped or spoken to.
 */
@NullMarked
package io.nephometer.testkit.servers;

import org.jspecify.annotations.NullMarked;
