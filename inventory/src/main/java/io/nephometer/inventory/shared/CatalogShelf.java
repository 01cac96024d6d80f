// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** What instances are made of. */
public enum CatalogShelf {
    FLAVORS,
    IMAGES
}
