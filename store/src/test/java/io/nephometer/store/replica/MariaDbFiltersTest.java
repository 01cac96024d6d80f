// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database is {@code ledger_1}. */
class MariaDbFiltersTest {
    private static Optional<String> hiding(String name, String value) {
        return new MariaDbFilters(Map.of(name, value)).hiding("ledger_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Replicate_Do_DB | other",
                "Replicate_Do_DB | Ledger_1",
                "Replicate_Do_DB | ledger_10,ledger",
                "Replicate_Ignore_DB | other,ledger_1",
                "Replicate_Ignore_DB | LEDGER_1",
                "Replicate_Do_Table | ledger_1.events",
                "Replicate_Do_Table | other.events",
                "Replicate_Ignore_Table | ledger_1.events",
                "Replicate_Ignore_Table | other.a,Ledger_1.events",
                "Replicate_Wild_Do_Table | ledger_1.e%",
                "Replicate_Wild_Do_Table | other.%",
                "Replicate_Wild_Do_Table | ledger.%",
                "Replicate_Wild_Do_Table | LEDGER_1.%",
                "Replicate_Wild_Ignore_Table | ledger_1.%_old",
                "Replicate_Wild_Ignore_Table | %.audits",
                "Replicate_Wild_Ignore_Table | ledger__.x",
                "Replicate_Wild_Ignore_Table | LEDG%.x",
                "Replicate_Rewrite_DB | ledger_1->copy",
                "Replicate_Rewrite_DB | a->b,other->ledger_1",
                "Replicate_Ignore_Server_Ids | 3, 4",
                "Replicate_Do_Domain_Ids | 0",
                "Replicate_Ignore_Domain_Ids | 7",
                "Replicate_Something_New | x",
                "Binlog_Do_DB | other",
                "Binlog_Ignore_DB | mysql,ledger_1",
                "slave_skip_errors | 1062,1032",
                "slave_skip_errors | ALL",
                "replicate_events_marked_for_skip | FILTER_ON_SLAVE",
            })
    void whatMayLeaveOutSomethingOfTheDatabase_isNamedWithItsValue(String name, String value) {
        assertThat(hiding(name, value)).contains(name + " = " + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Replicate_Do_DB | ledger_1",
                "Replicate_Do_DB | other,ledger_1",
                "Replicate_Ignore_DB | mysql,ledger_10",
                "Replicate_Ignore_Table | other.events,ledger_10.events",
                "Replicate_Wild_Do_Table | ledger_1.%",
                "Replicate_Wild_Do_Table | ledger\\_1.%",
                "Replicate_Wild_Do_Table | other.%,ledger%.%",
                "Replicate_Wild_Ignore_Table | other%.%",
                "Replicate_Wild_Ignore_Table | ledger\\__1.%",
                "Replicate_Rewrite_DB | a->b",
                "Binlog_Do_DB | ledger_1",
                "Binlog_Ignore_DB | mysql,test",
                "slave_skip_errors | OFF",
                "replicate_events_marked_for_skip | REPLICATE",
                "Replicate_Something_New | ''",
            })
    void whatCertainlyLetsTheWholeDatabaseThrough_isNothing(String name, String value) {
        assertThat(hiding(name, value)).isEmpty();
    }

    @Test
    void ofSeveral_theFirstThatHidesIsTold() {
        Map<String, String> settings = Map.of(
                "Replicate_Do_DB", "ledger_1",
                "Replicate_Ignore_Table", "ledger_1.b",
                "Replicate_Ignore_DB", "ledger_1");
        assertThat(new MariaDbFilters(settings).hiding("ledger_1")).contains("Replicate_Ignore_DB = ledger_1");
    }
}
