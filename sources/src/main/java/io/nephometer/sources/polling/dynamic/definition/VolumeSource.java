// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

/** Where in an entry the volume is. */
public sealed interface VolumeSource {
    /** One sample for each entry. */
    record Single(Extraction value) implements VolumeSource {}

    /**
     * A sample for each object of a list in the entry.
     *
     * @param list the key of the list
     * @param value of an object of the list
     * @param attribute of an object of the list: the last part of the meter's name
     */
    record Several(String list, Extraction value, String attribute) implements VolumeSource {}
}
