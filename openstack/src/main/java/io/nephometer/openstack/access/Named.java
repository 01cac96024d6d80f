// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

/**
 * A thing of Keystone, by its id or by its name.
 *
 * @param isId whether {@code value} is its id
 */
public record Named(String value, boolean isId) {
    public static Named id(String id) {
        return new Named(id, true);
    }

    public static Named name(String name) {
        return new Named(name, false);
    }
}
