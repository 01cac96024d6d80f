// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the modes cost and how true their samples were, side by side. */
final class OutcomeTable {
    private OutcomeTable() {}

    static List<String> lines(List<Outcome> outcomes) {
        return List.of(
                line("", outcomes, outcome -> outcome.mode().text()),
                line(
                        "hosts",
                        outcomes,
                        outcome -> Integer.toString(outcome.plan().hosts())),
                line("requests a minute: nova", outcomes, outcome -> rate(outcome, "nova")),
                line(
                        "  of them delta polls",
                        outcomes,
                        outcome -> number(outcome.minutes().rate(Minutes::isDelta))),
                line(
                        "  of them whole lists",
                        outcomes,
                        outcome -> number(outcome.minutes().rate(Minutes::isWhole))),
                line(
                        "  further pages, beside",
                        outcomes,
                        outcome -> number(outcome.minutes().rate(Minutes::isFurtherPage))),
                line("glance", outcomes, outcome -> rate(outcome, "glance")),
                line("keystone", outcomes, outcome -> rate(outcome, "keystone")),
                line("neutron", outcomes, outcome -> rate(outcome, "neutron")),
                line(
                        "kB a minute",
                        outcomes,
                        outcome -> number(outcome.minutes().bytesPerMinute() / 1000)),
                line(
                        "cold start, requests",
                        outcomes,
                        outcome ->
                                Integer.toString(outcome.minutes().coldStart().size())),
                line(
                        "age at sampling, s: p50",
                        outcomes,
                        outcome -> number(outcome.samples().ages().quantile(0.5))),
                line("p99", outcomes, outcome -> number(outcome.samples().ages().quantile(0.99))),
                line("max", outcomes, outcome -> number(outcome.samples().ages().most())),
                line(
                        "samples",
                        outcomes,
                        outcome -> Long.toString(outcome.samples().total())),
                line(
                        "  as it was",
                        outcomes,
                        outcome -> Long.toString(outcome.samples().correct())),
                line(
                        "  before an undated change",
                        outcomes,
                        outcome -> Long.toString(outcome.samples().undated())),
                line(
                        "  by the domain alone",
                        outcomes,
                        outcome -> Long.toString(outcome.samples().ofDomain())),
                line(
                        "  wrong",
                        outcomes,
                        outcome -> Long.toString(outcome.samples().wrong())),
                line("took, s", outcomes, outcome -> number(outcome.seconds())));
    }

    private static String line(String name, List<Outcome> outcomes, Function<Outcome, String> cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-26s", name));
        outcomes.forEach(outcome -> line.append(String.format(Locale.ROOT, " %19s", cell.apply(outcome))));
        return line.toString();
    }

    private static String rate(Outcome outcome, String service) {
        return number(outcome.minutes().rate(Minutes.of(service)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
