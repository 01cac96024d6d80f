// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.util.List;

/** Where it is written down that measurements are missing. Every method throws {@link LedgerException} if the store fails. */
public interface GapBook extends GapView {
    /** Writes gaps, all or none; one that is known is replaced by what is told of it now. */
    void record(List<RecordedGap> gaps);
}
