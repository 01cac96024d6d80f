// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The domain on the host behind a server. Nova writes its description when it starts the domain, so a later change of name is
 * not in it.
 *
 * @param name the server's name when the domain was described
 * @param defined when the domain was described
 * @param running since when it runs, by the host's clock; null if it is shut off
 * @param boots how often it has been started anywhere, the first time included
 */
public record Guest(String name, Instant defined, @Nullable Instant running, int boots) {}
