// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.Change;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.RefresherReport;
import io.nephometer.inventory.shared.refresh.Turn;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of a refresher, read when somebody asks for them. */
final class RefresherMetrics {
    private final MeterRegistry registry;
    private final GlobalRefresher refresher;

    private RefresherMetrics(MeterRegistry registry, GlobalRefresher refresher) {
        this.registry = registry;
        this.refresher = refresher;
    }

    static void bind(MeterRegistry registry, GlobalRefresher refresher) {
        RefresherMetrics metrics = new RefresherMetrics(registry, refresher);
        metrics.gauges();
        metrics.work();
        metrics.findings();
    }

    private void gauges() {
        gauge("nephometer.refresher.seat", "1 while this process refreshes", report -> report.isSeated() ? 1 : 0);
        gauge("nephometer.refresher.age.seconds", "Age of what the shared cache holds", RefresherMetrics::age);
        gauge(
                "nephometer.refresher.failures",
                "Refreshes that failed in a row, whoever tried",
                RefresherReport::failures);
    }

    private static double age(RefresherReport report) {
        Duration age = report.age();
        return age == null ? Double.NaN : age.toMillis() / 1000.0;
    }

    private void work() {
        for (Turn.State state : Turn.State.values()) {
            count(
                    "nephometer.refresher.turns",
                    "What the refresher did when it was called",
                    Tags.of("state", state.label()),
                    report -> report.turns().getOrDefault(state, 0L));
        }
        for (Refresh.Kind kind : List.of(Refresh.Kind.FULL, Refresh.Kind.CHANGES)) {
            for (Refresh.Outcome outcome : Refresh.Outcome.values()) {
                String key = kind.label() + " " + outcome.label();
                count(
                        "nephometer.refresher.refreshes",
                        "Refreshes of the shared cache",
                        Tags.of("kind", kind.label(), "outcome", outcome.label()),
                        report -> report.refreshes().getOrDefault(key, 0L));
            }
        }
        requests("listing", report -> report.requests().listings());
        requests("server", report -> report.requests().servers());
        requests("flavor", report -> report.requests().flavors());
        requests("image", report -> report.requests().images());
    }

    private void requests(String kind, ToDoubleFunction<RefresherReport> figure) {
        count(
                "nephometer.refresher.requests",
                "What the refresher asked of Nova and Glance",
                Tags.of("kind", kind),
                figure);
    }

    private void findings() {
        count(
                "nephometer.refresher.changed",
                "Instances that were new or not as they were",
                Tags.empty(),
                RefresherReport::changed);
        count(
                "nephometer.refresher.gone",
                "Instances that were deleted or dropped",
                Tags.empty(),
                RefresherReport::gone);
        count(
                "nephometer.refresher.unreadable",
                "Instances of which the shared cache held what nobody can read",
                Tags.empty(),
                RefresherReport::unreadable);
        for (Change change : Change.values()) {
            count(
                    "nephometer.refresher.missed",
                    "Of these, what no event had told in time",
                    Tags.of("change", change.label()),
                    report -> report.missed().getOrDefault(change, 0L));
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<RefresherReport> figure) {
        Gauge.builder(name, refresher, one -> figure.applyAsDouble(one.report()))
                .description(description)
                .register(registry);
    }

    private void count(String name, String description, Tags tags, ToDoubleFunction<RefresherReport> figure) {
        FunctionCounter.builder(name, refresher, one -> figure.applyAsDouble(one.report()))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
