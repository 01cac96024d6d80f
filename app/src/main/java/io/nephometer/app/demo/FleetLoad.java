// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

/**
 * What was counted in the last minute, or since the start if that is not a minute ago.
 *
 * @param novaRequests that Nova got for metadata, by its own log
 * @param cycles of the agents, by the count of the hypervisors: without a cache, each costs at least a list of servers
 */
public record FleetLoad(long novaRequests, long cycles) {}
