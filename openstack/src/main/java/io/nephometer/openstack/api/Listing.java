// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

/**
 * What is known of a list that was read to its end.
 *
 * @param entries how many were handed over; after a restart, those before it included
 * @param pages how many requests were answered
 * @param asOf before this moment of the service's clock nothing is missing: when it began to work on the first page that counts
 * @param restarts how often the list was begun again because the last entry of a page was gone before the next page was asked for
 */
public record Listing(long entries, int pages, ServiceTime asOf, int restarts) {}
