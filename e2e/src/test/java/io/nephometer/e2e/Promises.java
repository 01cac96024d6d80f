// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** What must be true of a ledger after any fault. */
final class Promises {
    private Promises() {}

    /** All that was sent is there, once, and the same as in a run without faults. */
    static LedgerContent assertKept(CollectorSetup setup, Manifest sent, Path folder) throws Exception {
        LedgerContent content = LedgerContent.read(setup.store());
        assertThat(content.lost(sent)).as("lost").isEmpty();
        assertThat(content.doubled()).as("doubled").isEmpty();
        LedgerContent undisturbed = LedgerContent.undisturbed(sent, folder);
        assertThat(content.sums()).as("sums per meter").isNotEmpty().isEqualTo(undisturbed.sums());
        assertThat(content.differences(undisturbed))
                .as("differences from a run without faults")
                .isEmpty();
        return content;
    }
}
