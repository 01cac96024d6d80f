// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.store.ledger.StoreUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCheckTest {
    private static final StoreUrl.MariaDb URL = new StoreUrl.MariaDb("db", 3306, "led", "me", "secret", Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {"10.6.0-MariaDB", "10.11.19-MariaDB-0+deb12u1", "11.8.2-MariaDB-log", "5.5.5-10.6.21-MariaDB"})
    void serversThatAreNewEnough(String version) {
        assertThatCode(() -> ServerCheck.requireVersion(URL, version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.5.29-MariaDB", "5.5.5-10.3.39-MariaDB", "5.5.68-MariaDB"})
    void serversThatAreTooOld(String version) {
        assertThatThrownBy(() -> ServerCheck.requireVersion(URL, version))
                .hasMessageContaining("10.6 or newer is needed")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void mySql() {
        assertThatThrownBy(() -> ServerCheck.requireVersion(URL, "8.4.6"))
                .hasMessageContaining("MySQL is not supported");
    }
}
