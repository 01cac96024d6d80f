// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the folder that the archive for hypervisors is packed from. It is a step of the build and needs what only tests have (a
 * simulated cloud); nothing of it is shipped.
 */
@NullMarked
package io.nephometer.agent.archive;

import org.jspecify.annotations.NullMarked;
