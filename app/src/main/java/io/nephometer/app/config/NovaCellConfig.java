// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.ledger.StoreUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cell database of Nova. */
public record NovaCellConfig(
        @Doc("What the cell is called here, in metrics, commands and answers.") @Example("cell1")
        String name,

        @Doc("The database, for a user who can read and not write: nephometer cells grants prints the statements.")
        @Example("mariadb://nephometer_cells@db.example.org:3306/nova_cell1")
        ConnectionUrl url,

        @Doc("The password, so that it need not stand in the URL: ${VARIABLE} or file:/path.")
        @Example("file:/etc/nephometer/cell1-password")
        @Nullable Secret password,

        @Doc(
                "Replicas of this database, which answer while it is proven that they lack nothing that is needed. None: all reads go to url.")
        @Default("[]")
        @Example("[mariadb://nephometer_cells@replica.example.org:3306/nova_cell1]")
        List<ConnectionUrl> slaveConnection) {
    public NovaCellConfig {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new InvalidSetting("name", "expected letters, digits, dots, hyphens and underscores");
        }
        StoreUrl.MariaDb _ = parsed("url", url);
        slaveConnection = List.copyOf(slaveConnection);
        for (ConnectionUrl slave : slaveConnection) {
            StoreUrl.MariaDb _ = parsed("slaveConnection", slave);
            if (slave.equals(url)) {
                throw new InvalidSetting("slaveConnection", slave + " is url itself");
            }
        }
    }

    private static StoreUrl.MariaDb parsed(String component, ConnectionUrl url) {
        try {
            if (StoreUrl.parse(url.reveal()) instanceof StoreUrl.MariaDb server) {
                return server;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(component, String.valueOf(e.getMessage()));
        }
        throw new InvalidSetting(component, "expected mariadb://user@host:port/database");
    }

    /** The database, with its password. */
    public StoreUrl.MariaDb server() {
        return withPassword(parsed("url", url));
    }

    /** Its replicas. One whose address has no password has that of the database. */
    public List<StoreUrl.MariaDb> replicas() {
        return slaveConnection.stream()
                .map(slave -> parsed("slaveConnection", slave))
                .map(slave -> slave.password() == null ? withPassword(slave) : slave)
                .toList();
    }

    private StoreUrl.MariaDb withPassword(StoreUrl.MariaDb server) {
        return password == null ? server : server.withPassword(password.reveal());
    }
}
