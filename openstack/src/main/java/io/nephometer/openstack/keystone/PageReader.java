// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.JsonCursor;

/**
 * How one service writes a list.
 *
 * @param collection the field of the array: {@code servers}
 * @param next the field that leads to the next page: {@code servers_links} (an array of links, one with {@code rel=next}) or
 *     {@code next} (a text)
 * @param entry reads the entry on which the cursor stands and hands it on
 */
public record PageReader(String collection, String next, Entry entry) {
    /** As Nova, Neutron and Cinder do it. */
    public static PageReader withLinks(String collection, Entry entry) {
        return new PageReader(collection, collection + "_links", entry);
    }

    /** As Glance does it. */
    public static PageReader withNext(String collection, Entry entry) {
        return new PageReader(collection, "next", entry);
    }

    /** Reads one entry. */
    @FunctionalInterface
    public interface Entry {
        void read(JsonCursor json) throws AnswerException;
    }
}
