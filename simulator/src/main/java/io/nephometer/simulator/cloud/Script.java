// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one server in one operation: steps, each at its time. Steps of a server that was archived meanwhile do
 * nothing.
 */
final class Script {
    /** Who publishes what the API and the conductor notice: their services call themselves so. */
    static final String CONTROLLER = "compute.controller";

    private final Cloud cloud;
    private final Cloud.Interior inside;
    private final String server;
    private Instant due;

    /** @param start on the hosts' clock */
    Script(Cloud cloud, Cloud.Interior inside, String server, Instant start) {
        this.cloud = cloud;
        this.inside = inside;
        this.server = server;
        due = start;
    }

    /** What follows happens later by so much. */
    Script after(Duration delay) {
        due = due.plus(delay);
        return this;
    }

    /** Changes the row, which moves its {@code updated}, and says so on the bus. */
    Script update(UnaryOperator<Server> change) {
        return update(change, Map.of());
    }

    /** The same, telling more. */
    Script update(UnaryOperator<Server> change, Map<String, @Nullable Object> extra) {
        return plan((at, before) -> {
            Instant stamp = cloud.controllerTime(at);
            Server after = change.apply(before);
            inside.servers().put(after.at(after.times().updatedAt(stamp)));
            announce(stamp, before, current(), extra);
        });
    }

    /** Changes what is not in the row itself (metadata taken away, tags): {@code updated} stays, but the bus hears of it. */
    Script updateBeside(UnaryOperator<Server> change) {
        return plan((at, before) -> {
            inside.servers().put(change.apply(before));
            announce(cloud.controllerTime(at), before, current(), Map.of());
        });
    }

    /** Changes what Nova's database does not know or does not date, and says nothing. */
    Script quietly(UnaryOperator<Server> change) {
        return plan((at, before) -> inside.servers().put(change.apply(before)));
    }

    /** Changes the domain, which has the host's clock. */
    Script guest(GuestChange change) {
        return plan((at, before) -> inside.servers().put(before.runningAs(change.apply(before, at))));
    }

    /** The publisher {@code null} stands for the host where the server is. */
    Script say(String type, @Nullable Host publisher) {
        return say(type, publisher, seen -> seen, Map.of());
    }

    /**
     * @param view what the publisher takes the server for
     * @param extra what it tells beside
     */
    Script say(String type, @Nullable Host publisher, UnaryOperator<Server> view, Map<String, @Nullable Object> extra) {
        return plan((at, now) -> {
            Host from = publisher == null ? now.host() : publisher;
            inside.say(new CloudEvent.OfServer(
                    cloud.controllerTime(at),
                    "compute.instance." + type,
                    from == null ? CONTROLLER : "compute." + from.name(),
                    view.apply(now),
                    extra));
        });
    }

    /** The server's usage so far in this hour, which resizing and shelving tell beforehand. */
    Script sayUsage() {
        return plan((at, now) -> {
            Instant stamp = cloud.controllerTime(at);
            Host host = now.host();
            inside.say(new CloudEvent.OfServer(
                    stamp,
                    "compute.instance.exists",
                    host == null ? CONTROLLER : "compute." + host.name(),
                    now,
                    Map.of(
                            "audit_period_beginning",
                            stamp.truncatedTo(ChronoUnit.HOURS),
                            "audit_period_ending",
                            stamp)));
        });
    }

    /** Says {@code compute.instance.update} of what is already in the row. */
    Script announce(String publisher) {
        return plan((at, now) -> inside.say(update(cloud.controllerTime(at), publisher, now, now, Map.of())));
    }

    /** Takes the row away. */
    Script archive() {
        return plan((at, now) -> inside.servers().remove(server));
    }

    private void announce(Instant stamp, Server before, Server after, Map<String, @Nullable Object> extra) {
        inside.say(update(stamp, CONTROLLER, before, after, extra));
    }

    private static CloudEvent.OfServer update(
            Instant stamp, String publisher, Server before, Server after, Map<String, @Nullable Object> extra) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("old_state", before.vmState().text());
        told.put("old_task_state", before.task());
        told.put("new_task_state", after.task());
        told.put("audit_period_beginning", stamp.truncatedTo(ChronoUnit.HOURS));
        told.put("audit_period_ending", stamp);
        told.putAll(extra);
        return new CloudEvent.OfServer(stamp, "compute.instance.update", publisher, after, told);
    }

    private Server current() {
        return inside.servers().find(server).orElseThrow();
    }

    private Script plan(Step step) {
        Consumer<Instant> action = at -> inside.servers().find(server).ifPresent(now -> step.run(at, now));
        inside.agenda().plan(due, action);
        return this;
    }

    /** A step at its time on the hosts' clock. */
    @FunctionalInterface
    private interface Step {
        void run(Instant at, Server now);
    }

    /** What becomes of the domain. */
    @FunctionalInterface
    interface GuestChange {
        @Nullable Guest apply(Server server, Instant at);
    }
}
