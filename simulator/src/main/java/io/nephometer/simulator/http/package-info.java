// SPDX-License-Identifier: Apache-2.0
/** A small HTTP/1.1 server that can also misbehave. */
@NullMarked
package io.nephometer.simulator.http;

import org.jspecify.annotations.NullMarked;
