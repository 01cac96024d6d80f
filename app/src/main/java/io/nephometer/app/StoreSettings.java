// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.RetentionConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.runtime.config.Secret;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.StoreUrl;

/** From configuration to the address and options of a ledger. */
final class StoreSettings {
    private StoreSettings() {}

    static StoreUrl url(StoreConfig config) {
        StoreUrl url = StoreUrl.parse(config.url().reveal());
        Secret password = config.password();
        return switch (url) {
            case StoreUrl.Sqlite file -> file;
            case StoreUrl.Postgres server -> password == null ? server : server.withPassword(password.reveal());
            case StoreUrl.MariaDb server -> password == null ? server : server.withPassword(password.reveal());
        };
    }

    /** How long things are kept. Intake rows outlive all that a message may still be accepted for. */
    static RetentionPolicy retention(RetentionConfig config) {
        return new RetentionPolicy(config.events(), config.samples(), config.recovery(), config.audited());
    }

    static LedgerOptions options(StoreConfig config, CommitProbe probe) {
        LedgerOptions usual = LedgerOptions.DEFAULTS;
        return new LedgerOptions(
                usual.lockTimeout(),
                config.statementTimeout(),
                config.readTimeout(),
                config.connectTimeout(),
                config.connections(),
                usual.readers(),
                usual.maxMembers(),
                probe);
    }
}
