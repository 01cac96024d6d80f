// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.check;

import io.nephometer.e2e.cloud.process.LedgerOption;
import io.nephometer.e2e.cloud.process.Setup;
import io.nephometer.e2e.cloud.rest.CloudOption;
import io.nephometer.e2e.cloud.rest.RestCloud;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/**
 * A check that asks the cloud's API beside the product.
 *
 * @param <P> what it is asked to do
 */
public abstract class ApiCheck<P> extends Check {
    @Mixin
    private CloudOption cloud = new CloudOption();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    /**
     * What the options ask for.
     *
     * @throws IllegalArgumentException if they contradict each other; the message is for the user
     */
    protected abstract P plan(Setup setup);

    /**
     * Does it.
     *
     * @param told what is going on
     * @throws Exception if nothing can be said
     */
    protected abstract Verdict check(P plan, RestCloud api, PrintWriter told) throws Exception;

    @Override
    protected final Verdict check(PrintWriter told) throws Exception {
        try (RestCloud api = new RestCloud(cloud.access());
                LedgerOption ending = ledger) {
            Path folder = folder(told);
            Setup setup = new Setup(product(), folder, fromOptions(ending::make), cloud.section());
            return check(fromOptions(() -> plan(setup)), api, told);
        }
    }
}
