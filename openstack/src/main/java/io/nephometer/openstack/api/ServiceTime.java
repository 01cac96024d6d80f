// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.time.Instant;

/**
 * When a service began to work on a request: no later than that moment by its own clock.
 *
 * @param instant whole seconds, rounded down
 * @param ofService true if it comes from the service's {@code Date} header, less the time that the answer took; false if the
 *     answer had none (Nova behind uWSGI sends none), then it is our own clock when the request was sent, and is as wrong as the
 *     two clocks are apart
 */
public record ServiceTime(Instant instant, boolean ofService) {}
