// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the addresses of databases on servers have in common. */
record ServerAddress(
        String host,
        int port,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {}
