// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.AuditInventory;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.model.AuditKey;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.HostAuditor;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.OutOfReach;
import io.nephometer.sources.audits.PendingDeleteAuditor;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which audits would be done by processes of a configuration, if somebody wanted them again. */
final class AuditLimits {
    private final AuditsConfig config;
    private final Map<String, AuditRounds> rounds = new HashMap<>();

    /** @param cells what the audit of usage stands on instead of the ledger's inventory, given that */
    AuditLimits(AuditsConfig config, Ledger ledger, Optional<UnaryOperator<Inventory>> cells) {
        this.config = config;
        Audits.asked(ledger, cells, config).forEach(one -> rounds.put(one.task(), one));
    }

    /**
     * Why an audit would never be done again, for people; empty if it would be.
     *
     * @throws AuditException if nobody can say
     */
    Optional<String> refusal(AuditKey key) throws AuditException {
        String section = Audits.section(key.task()).orElse("audits");
        AuditRounds mine = rounds.get(key.task());
        if (mine == null) {
            return Optional.of("it is switched off (" + section + ".enabled)");
        }
        return mine.outOfReach(key)
                .map(reason -> reason.text() + " (" + setting(section, key.task(), reason.bound()) + ")");
    }

    private String setting(String section, String task, OutOfReach.Bound bound) {
        boolean ticks = task.equals(HostAuditor.TASK) || task.equals(PendingDeleteAuditor.TASK);
        boolean cells = task.equals(UsageAuditor.TASK) && config.inventory() == AuditInventory.CELLS;
        return switch (bound) {
            case SCOPE -> "audits.inventory";
            case PERIODS -> section + (ticks ? ".interval" : ".period");
            case CATCH_UP -> section + (task.equals(PendingDeleteAuditor.TASK) ? ".interval" : ".catch_up");
            case INVENTORY -> cells ? "nova_cells.deleted_kept" : "audits.inventory_look_back";
        };
    }
}
