// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the demonstration counted.
 *
 * @param sent recorded notifications, each once
 * @param broken messages that cannot be read
 * @param repeated second copies that were sent
 * @param summary what became of the messages
 * @param duplicates messages that the ledger knew
 * @param turnedAway batches that came while the ledger was away
 * @param audit the ledger at the end
 * @param undisturbed the ledger of a run without faults
 * @param fleet the hosts that were polled meanwhile
 * @param central the public APIs that were polled meanwhile
 * @param failure why the ledger took no more; empty if it took everything
 */
public record DemoResult(
        int sent,
        int broken,
        int repeated,
        Map<String, Long> summary,
        long duplicates,
        int turnedAway,
        Audit audit,
        Audit undisturbed,
        FleetAudit fleet,
        CentralAudit central,
        String failure) {
    /** Adding doubles in another order may change the last digits. */
    private static final double ROUNDING = 1e-9;

    /** Whether the counts and sums of all meters are those of the run without faults. */
    public boolean sumsAgree() {
        return audit.samples().equals(undisturbed.samples())
                && audit.sums().entrySet().stream().allMatch(sum -> agrees(sum.getKey(), sum.getValue()));
    }

    private boolean agrees(String meter, double sum) {
        double expected = undisturbed.sums().getOrDefault(meter, Double.NaN);
        return Math.abs(sum - expected) <= ROUNDING * Math.max(1, Math.abs(expected));
    }

    /** Whether every promise was kept. */
    public boolean isGood() {
        return failure.isEmpty()
                && audit.lost() == 0
                && audit.doubled() == 0
                && sumsAgree()
                && fleet.isGood()
                && central.isGood();
    }

    /** The summary as scripts read it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("read", summary.getOrDefault("read", 0L));
        json.put("events", summary.getOrDefault("events", 0L));
        json.put("samples", audit.sampleCount() + fleet.samples());
        json.put("duplicates_refused", duplicates);
        json.put("recovered", summary.getOrDefault("recovered", 0L));
        json.put("conflicts", summary.getOrDefault("conflicts", 0L));
        json.put("lost", audit.lost() + fleet.lost());
        json.put("doubled", audit.doubled() + fleet.doubled());
        json.put("sums_agree", sumsAgree());
        fleet.putInto(json);
        SlotCount slots = fleet.slots();
        json.put("slots_expected", slots.expected() + central.expected());
        json.put("slots_done", slots.done() + central.done());
        json.put("slots_missing", slots.missing() + central.missing());
        json.put("slots_duplicated", slots.duplicated() + central.duplicated());
        Double takeOver = central.takeOverSeconds();
        if (takeOver != null) {
            json.put("takeover_max_s", takeOver);
        }
        return json;
    }
}
