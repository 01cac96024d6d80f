// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that give a user the right to read what is read of a cell database, and nothing else: neither other columns nor writes. */
public final class CellGrants {
    private CellGrants() {}

    /**
     * To be run by an administrator on the primary, from where replicas have them.
     *
     * @param account as SQL writes it: {@code 'reader'@'10.0.0.%'}
     */
    public static List<String> of(String database, String account, int connections) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY '…' WITH MAX_USER_CONNECTIONS "
                + connections + ";");
        for (CellTable table : CellTable.values()) {
            statements.add("GRANT SELECT ("
                    + table.columns().stream().map(CellTable::quoted).collect(Collectors.joining(", ")) + ") ON "
                    + CellTable.quoted(database) + "." + CellTable.quoted(table.table()) + " TO " + account + ";");
        }
        statements.add("GRANT SLAVE MONITOR ON *.* TO " + account + "; -- only for replicas: SHOW REPLICA STATUS");
        return statements;
    }
}
