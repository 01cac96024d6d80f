// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer audit}. */
@Command(
        name = "audit",
        description = "Audits of the cloud: what there was, and what was used, in which period.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditListCommand.class,
            AuditDifferencesCommand.class,
            AuditPendingCommand.class,
            AuditRunCommand.class,
            AuditRerunCommand.class
        })
public final class AuditCommand {}
