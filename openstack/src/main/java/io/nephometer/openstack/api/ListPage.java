// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

/**
 * What is known of one page of a list that arrived whole.
 *
 * @param entries how many were handed over
 * @param asOf when the service began to work on it
 * @param more whether the service links to a next page, which may be empty
 */
public record ListPage(long entries, ServiceTime asOf, boolean more) {}
