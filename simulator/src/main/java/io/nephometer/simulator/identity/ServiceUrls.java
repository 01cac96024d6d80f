// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

/** Where the services listen, without a path. */
public record ServiceUrls(String keystone, String nova, String glance, String cinder, String neutron, String swift) {}
