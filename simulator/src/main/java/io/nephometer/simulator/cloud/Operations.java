// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users and operators do, with the effects that Nova gives it. An operation begins at once and goes on as time does; until
 * then its server is busy. Thread-safe.
 */
public final class Operations {
    private final Cloud cloud;
    private final Timing timing;

    Operations(Cloud cloud, Timing timing) {
        this.cloud = cloud;
        this.timing = timing;
    }

    /**
     * Builds a server.
     *
     * @return its id
     */
    public String create(User owner, String name, Flavor flavor, Image image, Host host, Map<String, String> metadata) {
        return cloud.inside(in -> {
            Server row = newRow(in, owner, name, flavor, image, metadata);
            Creation.build(script(in, row.id()), host, timing);
            return begun(in, row.id());
        });
    }

    /**
     * Asks for a server and deletes it before it is scheduled: its row stays without {@code updated}, so that no
     * {@code changes-since} ever shows it.
     *
     * @return its id
     */
    public String createAndDeleteAtOnce(User owner, String name, Flavor flavor, Image image, Host host) {
        return cloud.inside(in -> {
            Server row = newRow(in, owner, name, flavor, image, Map.of());
            Creation.abandon(script(in, row.id()), host, timing);
            return begun(in, row.id());
        });
    }

    /** Deletes a server; its host's clean-up touches the row once more, minutes later. */
    public void delete(String id) {
        begin(
                id,
                List.of(VmState.ACTIVE, VmState.STOPPED, VmState.SHELVED_OFFLOADED),
                (script, server) -> Deletion.delete(script, server, timing));
    }

    /** Gives a server another flavor, on another host or the same, and confirms it after a while. */
    public void resize(String id, Flavor flavor, Host to) {
        begin(
                id,
                List.of(VmState.ACTIVE, VmState.STOPPED),
                (script, server) -> Moves.resize(script, server, flavor, to, timing));
    }

    /** Moves a server to another host by stopping it in between. */
    public void coldMigrate(String id, Host to) {
        begin(
                id,
                List.of(VmState.ACTIVE, VmState.STOPPED),
                (script, server) -> Moves.resize(script, server, server.flavor(), to, timing));
    }

    /** Moves a running server to another host. */
    public void liveMigrate(String id, Host to) {
        begin(id, List.of(VmState.ACTIVE), (script, server) -> Moves.liveMigrate(script, server, to, timing));
    }

    public void stop(String id) {
        begin(id, List.of(VmState.ACTIVE), (script, server) -> Power.off(script, timing));
    }

    public void start(String id) {
        begin(id, List.of(VmState.STOPPED), (script, server) -> Power.on(script, timing));
    }

    /** Restarts the guest; its domain is started anew, so its counters begin at 0. */
    public void reboot(String id) {
        begin(id, List.of(VmState.ACTIVE), (script, server) -> Power.reboot(script, timing));
    }

    /** Shelves a server and takes it off its host. */
    public void shelve(String id) {
        begin(id, List.of(VmState.ACTIVE, VmState.STOPPED), (script, server) -> Moves.shelve(script, timing));
    }

    public void unshelve(String id, Host to) {
        begin(id, List.of(VmState.SHELVED_OFFLOADED), (script, server) -> Moves.unshelve(script, to, timing));
    }

    /** Changes the display name, which moves {@code updated}; the domain's description keeps the old one. */
    public void rename(String id, String name) {
        begin(
                id,
                List.of(VmState.values()),
                (script, server) -> script.update(now -> now.named(name), Map.of("old_display_name", server.name())));
    }

    /** Sets one key, which moves {@code updated}. */
    public void setMetadata(String id, String key, String value) {
        begin(
                id,
                List.of(VmState.values()),
                (script, server) -> script.update(now -> {
                    Map<String, String> metadata = new LinkedHashMap<>(now.metadata());
                    metadata.put(key, value);
                    return now.describedBy(metadata);
                }));
    }

    /** Takes one key away, which does not move {@code updated}. */
    public void unsetMetadata(String id, String key) {
        begin(
                id,
                List.of(VmState.values()),
                (script, server) -> script.updateBeside(now -> {
                    Map<String, String> metadata = new LinkedHashMap<>(now.metadata());
                    metadata.remove(key);
                    return now.describedBy(metadata);
                }));
    }

    /** Replaces the tags, which does not move {@code updated}. */
    public void tag(String id, List<String> tags) {
        begin(
                id,
                List.of(VmState.values()),
                (script, server) -> script.updateBeside(now -> now.tagged(List.copyOf(tags))));
    }

    private Server newRow(
            Cloud.Interior in, User owner, String name, Flavor flavor, Image image, Map<String, String> metadata) {
        int number = in.nextServerNumber();
        Server row = new Server(
                number,
                cloud.ids().uuid("server/" + number),
                name,
                name,
                owner.project(),
                owner,
                image,
                flavor,
                null,
                VmState.BUILDING,
                "scheduling",
                Times.createdAt(cloud.controllerTime(start())),
                new LinkedHashMap<>(metadata),
                List.of(),
                null);
        in.servers().put(row);
        return row;
    }

    private void begin(String id, List<VmState> from, Beginning beginning) {
        cloud.inside(in -> {
            Server server = in.servers().find(id).orElseThrow(() -> new IllegalArgumentException("no server " + id));
            if (!server.isIdle() || !from.contains(server.vmState())) {
                throw new IllegalStateException("server " + id + " is " + server.vmState() + ", task " + server.task()
                        + (server.isDeleted() ? ", deleted" : "") + "; the operation needs an idle one of " + from);
            }
            beginning.plan(script(in, id), server);
            return begun(in, id);
        });
    }

    private Script script(Cloud.Interior in, String id) {
        return new Script(cloud, in, id, start());
    }

    private Instant start() {
        @Nullable Instant tick = timing.tick();
        return tick == null ? cloud.clock().instant() : tick;
    }

    /** Does what the operation does at once. */
    private String begun(Cloud.Interior in, String id) {
        in.agenda().run(start());
        return id;
    }

    private interface Beginning {
        void plan(Script script, Server server);
    }

    /** The same as of an instant of the past on the hosts' clock: how life catches up. */
    Operations asOf(Instant instant) {
        return new Operations(cloud, timing.at(instant));
    }

    /** How long the parts of an operation take. */
    record Timing(
            Duration step,
            Duration confirmAfter,
            Duration cleanUpAfter,
            Duration archiveAfter,
            @Nullable Instant tick) {
        Timing at(Instant instant) {
            return new Timing(step, confirmAfter, cleanUpAfter, archiveAfter, instant);
        }
    }
}
