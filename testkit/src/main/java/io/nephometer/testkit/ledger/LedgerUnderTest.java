// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.ledger;

import io.nephometer.model.Bytes;
import io.nephometer.model.Event;
import io.nephometer.model.Failure;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Sample;
import java.util.List;

/** A ledger with what a test must see of it. */
public interface LedgerUnderTest {
    LedgerWriter writer();

    /** All events, by the time they were generated. */
    List<Event> events();

    /** All samples, by the time they were measured. */
    List<Sample> samples();

    /** All that waits in recovery, in any order. */
    List<Kept> recovery();

    /**
     * An entry of recovery.
     *
     * @param eventOnly whether only the event is outstanding
     * @param seen how often the message came
     */
    record Kept(Bytes body, Failure.Kind kind, boolean eventOnly, long seen) {}
}
