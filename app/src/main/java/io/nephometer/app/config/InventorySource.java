// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

/** Where the shared cache and the inventory are read from. */
public enum InventorySource {
    /** Nova's API. */
    API,
    /** Nova's cell databases: not one request. */
    CELLS
}
