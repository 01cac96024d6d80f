// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreUrlTest {
    @Test
    void sqlitePaths() {
        assertThat(StoreUrl.parse("sqlite:/var/lib/x.db")).isEqualTo(new StoreUrl.Sqlite(Path.of("/var/lib/x.db")));
        assertThat(StoreUrl.parse("sqlite:x.db")).hasToString("sqlite:x.db");
        assertThat(StoreUrl.parse("sqlite:///var/x.db")).isEqualTo(new StoreUrl.Sqlite(Path.of("/var/x.db")));
    }

    @Test
    void everyPartOfAPostgresUrl() {
        assertThat(StoreUrl.parse("postgresql://me:p%40ss+1@db.example.org:5433/led?sslmode=require"))
                .isEqualTo(new StoreUrl.Postgres(
                        "db.example.org", 5433, "led", "me", "p@ss+1", Map.of("sslmode", "require")));
    }

    @Test
    void defaultsOfAPostgresUrl() {
        assertThat(StoreUrl.parse("postgres://localhost/led"))
                .isEqualTo(new StoreUrl.Postgres("localhost", 5432, "led", null, null, Map.of()));
    }

    @Test
    void everyPartOfAMariaDbUrl() {
        assertThat(StoreUrl.parse("mariadb://me:p%40ss+1@db.example.org:3307/led?sslMode=verify-ca"))
                .isEqualTo(new StoreUrl.MariaDb(
                        "db.example.org", 3307, "led", "me", "p@ss+1", Map.of("sslMode", "verify-ca")));
        assertThat(StoreUrl.parse("mariadb://localhost/led"))
                .isEqualTo(new StoreUrl.MariaDb("localhost", 3306, "led", null, null, Map.of()));
        assertThat(StoreUrl.parse("mariadb://me:secret@h/led?keyPassword=secret"))
                .hasToString("mariadb://me:***@h:3306/led");
    }

    @Test
    void passwordIsNeverShown() {
        assertThat(StoreUrl.parse("postgresql://me:secret@h/db?password=secret"))
                .hasToString("postgresql://me:***@h:5432/db");
        for (String wrong : new String[] {
            "postgresql://me:secret@h",
            "mysql://me:secret@h/db",
            "postgresql://me:secret@h/db?x",
            "postgresql://a:secret@[/d"
        }) {
            assertThatThrownBy(() -> StoreUrl.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("store address")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void whatIsNoStoreIsRefused() {
        assertThatThrownBy(() -> StoreUrl.parse("sqlite:")).hasMessageContaining("no path");
        assertThatThrownBy(() -> StoreUrl.parse("/x.db")).hasMessageContaining("expected sqlite:PATH, postgresql:");
    }
}
