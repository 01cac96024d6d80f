// SPDX-License-Identifier: Apache-2.0
/** The ledger in a MariaDB database. The driver is not shipped: it is found by name where an operator has added it. */
@NullMarked
package io.nephometer.store.mariadb;

import org.jspecify.annotations.NullMarked;
