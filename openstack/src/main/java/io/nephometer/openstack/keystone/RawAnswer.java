// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import java.util.Optional;

/**
 * An answer as it came, of a service of which nothing is known.
 *
 * @param status 2xx or 3xx
 * @param location where a redirect leads
 */
@SuppressWarnings("ArrayRecordComponent") // is handed on, not compared
public record RawAnswer(int status, Optional<String> location, byte[] body) {}
