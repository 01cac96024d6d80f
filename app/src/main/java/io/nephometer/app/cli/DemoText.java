// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.demo.CentralAudit;
import io.nephometer.app.demo.DemoResult;
import io.nephometer.app.demo.FleetAudit;
import io.nephometer.app.demo.SlotCount;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** The closing table of the demonstration. */
final class DemoText {
    private DemoText() {}

    static void print(DemoResult result, PrintWriter out) {
        out.printf(
                "sent        %,8d notifications, %d of them twice, and %d broken messages%n",
                result.sent(), result.repeated(), result.broken());
        out.printf("read        %,8d messages%n", result.summary().get("read"));
        out.printf("events      %,8d%n", result.summary().get("events"));
        out.printf("samples     %,8d of notifications%n", result.audit().sampleCount());
        result.audit()
                .samples()
                .forEach((meter, count) -> out.printf(
                        "  %-40s %,8d   sum %s%n",
                        meter, count, number(result.audit().sums().getOrDefault(meter, 0.0))));
        out.printf("duplicates  %,8d refused%n", result.duplicates());
        out.printf(
                "outage      %,8d batch(es) turned away while the ledger was out of reach, and taken later%n",
                result.turnedAway());
        out.printf("recovered   %,8d waiting for a human%n", result.summary().get("recovered"));
        result.audit().recovered().forEach((reason, count) -> out.printf("  %-40s %,8d%n", reason, count));
        out.printf("lost        %,8d%n", result.audit().lost());
        out.printf("doubled     %,8d%n", result.audit().doubled());
        out.println(
                result.sumsAgree()
                        ? "Counts and sums of every meter equal those of a run without faults."
                        : "COUNTS OR SUMS DIFFER FROM THOSE OF A RUN WITHOUT FAULTS.");
        print(result.fleet(), out);
        print(result.central(), out);
        if (!result.failure().isEmpty()) {
            out.println("The ledger took no more: " + result.failure());
        }
    }

    private static void print(FleetAudit fleet, PrintWriter out) {
        SlotCount slots = fleet.slots();
        out.println();
        out.printf("polled      %,8d hosts with %,d instances%n", fleet.hosts(), fleet.instances());
        out.printf(
                "samples     %,8d, %,d of them lost, %,d there twice%n",
                fleet.samples(), fleet.lost(), fleet.doubled());
        out.printf(
                "slots       %,8d expected, %,d done, %,d missing, %,d measured twice%n",
                slots.expected(), slots.done(), slots.missing(), slots.duplicated());
        slots.reasons().forEach((reason, count) -> out.printf("  missing: %-31s %,8d%n", reason, count));
        out.printf(
                "requests    %,8d for metadata; %,d without the cache%n",
                fleet.requests(), fleet.requestsWithoutCache());
        Double age = fleet.oldestSeconds();
        if (age != null) {
            out.printf(Locale.ROOT, "metadata    %8.3f s old at most, in 99 of 100 slots%n", age);
        }
    }

    private static void print(CentralAudit central, PrintWriter out) {
        out.println();
        out.printf(
                "central     %,8d agents share the cloud's public APIs; one that had %d of their lists was killed%n",
                central.agents(), central.orphans());
        out.printf("samples     %,8d%n", central.samples());
        out.printf(
                "slots       %,8d expected, %,d done, %,d missing, %,d with a sample twice%n",
                central.expected(), central.done(), central.missing(), central.duplicated());
        central.reasons().forEach((reason, count) -> out.printf("  missing: %-31s %,8d%n", reason, count));
        Double takeOver = central.takeOverSeconds();
        if (takeOver != null) {
            out.printf(Locale.ROOT, "taken over  %8.3f s after its lease had ended at most%n", takeOver);
        }
    }

    private static String number(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
