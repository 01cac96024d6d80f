// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Decides what happens next in the cloud. Not thread-safe: there is one stream of chance. */
final class Whim {
    private static final int ATTEMPTS = 20;
    private static final int FLAVORS = 12;
    private static final int IMAGES = 20;

    private final Cloud cloud;
    private final Operations operations;
    private final Offers offers;
    private final LifeRates rates;
    private final Random random;
    private final Wishes wishes;
    private final int target;

    /** @param target how many servers there should be, give or take a tenth */
    Whim(Cloud cloud, Operations operations, Offers offers, LifeRates rates, Random random, int target) {
        this.cloud = cloud;
        this.operations = operations;
        this.offers = offers;
        this.rates = rates;
        this.random = random;
        this.target = target;
        wishes = new Wishes(cloud, random);
    }

    /** One thing happens at {@code tick}, or nothing if no server is fit for it. */
    void happen(Instant tick) {
        Change change = balanced(pick());
        act(change, operations.asOf(tick), offers.asOf(tick));
    }

    private Change pick() {
        int left = random.nextInt(rates.weightSum());
        for (Map.Entry<Change, Integer> entry : rates.weights().entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new AssertionError("the weights do not add up to their sum");
    }

    private Change balanced(Change change) {
        int count = cloud.serverCount();
        if (change == Change.CREATE && count > target * 1.1) {
            return Change.DELETE;
        }
        return change == Change.DELETE && count < target * 0.9 ? Change.CREATE : change;
    }

    private void act(Change change, Operations then, Offers offersThen) {
        switch (change) {
            case CREATE -> wishes.create(then);
            case CREATE_AND_DELETE_AT_ONCE -> wishes.createAndDeleteAtOnce(then);
            case DELETE ->
                idle(Server::isIdle, VmState.ACTIVE, VmState.STOPPED, VmState.SHELVED_OFFLOADED)
                        .ifPresent(server -> then.delete(server.id()));
            case RESIZE ->
                idle(VmState.ACTIVE, VmState.STOPPED)
                        .ifPresent(server -> then.resize(server.id(), wishes.flavor(), wishes.host()));
            case COLD_MIGRATE ->
                idle(VmState.ACTIVE, VmState.STOPPED).ifPresent(server -> then.coldMigrate(server.id(), wishes.host()));
            case LIVE_MIGRATE ->
                idle(VmState.ACTIVE).ifPresent(server -> then.liveMigrate(server.id(), wishes.hostBeside(server)));
            case STOP -> idle(VmState.ACTIVE).ifPresent(server -> then.stop(server.id()));
            case START -> idle(VmState.STOPPED).ifPresent(server -> then.start(server.id()));
            case REBOOT -> idle(VmState.ACTIVE).ifPresent(server -> then.reboot(server.id()));
            case SHELVE -> idle(VmState.ACTIVE).ifPresent(server -> then.shelve(server.id()));
            case UNSHELVE ->
                idle(VmState.SHELVED_OFFLOADED).ifPresent(server -> then.unshelve(server.id(), wishes.host()));
            case RENAME, SET_METADATA, UNSET_METADATA, CHANGE_TAGS -> describe(change, then);
            case CREATE_IMAGE, DELETE_IMAGE, CREATE_FLAVOR, DELETE_FLAVOR -> offer(change, offersThen);
        }
    }

    private void describe(Change change, Operations then) {
        switch (change) {
            case RENAME -> idle(VmState.ACTIVE).ifPresent(server -> then.rename(server.id(), wishes.name(server)));
            case SET_METADATA ->
                idle(VmState.ACTIVE).ifPresent(server -> then.setMetadata(server.id(), wishes.key(), wishes.value()));
            case UNSET_METADATA ->
                idle(server -> server.isIdle() && !server.metadata().isEmpty(), VmState.ACTIVE)
                        .ifPresent(server -> then.unsetMetadata(server.id(), wishes.keyOf(server)));
            default -> idle(VmState.ACTIVE).ifPresent(server -> then.tag(server.id(), wishes.tags()));
        }
    }

    private void offer(Change change, Offers then) {
        switch (change) {
            case CREATE_IMAGE ->
                Optional.of(cloud.images().size())
                        .filter(count -> count < IMAGES)
                        .ifPresent(count -> wishes.createImage(then));
            case DELETE_IMAGE ->
                spare(cloud.images().stream().map(Image::id).toList()).ifPresent(then::deleteImage);
            case CREATE_FLAVOR ->
                Optional.of(cloud.flavors().size())
                        .filter(count -> count < FLAVORS)
                        .ifPresent(count -> wishes.createFlavor(then));
            default -> spare(cloud.flavors().stream().map(Flavor::id).toList()).ifPresent(then::deleteFlavor);
        }
    }

    /** Any of them, as long as enough remain to choose from. */
    private Optional<String> spare(List<String> ids) {
        return ids.size() <= 3 ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
    }

    private Optional<Server> idle(VmState... states) {
        return idle(Server::isIdle, states);
    }

    private Optional<Server> idle(Predicate<Server> fit, VmState... states) {
        List<VmState> wanted = new ArrayList<>(List.of(states));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Server> any = cloud.inside(in -> in.servers().any(random));
            if (any.filter(fit)
                    .filter(server -> wanted.contains(server.vmState()))
                    .isPresent()) {
                return any;
            }
        }
        return Optional.empty();
    }
}
