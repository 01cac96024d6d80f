// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import io.nephometer.simulator.cloud.Founding;
import io.nephometer.simulator.cloud.LifeRates;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a simulated cloud is like.
 *
 * @param seed decides everything that is left to chance: two clouds with equal options live the same life
 * @param hosts compute hosts
 * @param instancesPerHost running on each at first; later about so many on average
 * @param projects of customers, with one user each; users are called {@code customer-01} and so on
 * @param cells the hosts are divided into so many cells
 * @param clock what time it is; a {@link SimulatedClock} where time is moved by hand
 * @param rates how much changes by itself
 * @param step how long one step of an operation takes; an operation has one to three
 * @param confirmAfter how long a resized server waits for its confirmation
 * @param cleanUpAfter how long after a deletion the host's clean-up touches the row again
 * @param archiveAfter how long deleted rows stay in the database after that
 * @param tokenLifetime how long a token of Keystone is valid
 * @param dateHeader whether responses have a {@code Date}: servers behind uWSGI send none
 * @param region its only region
 * @param password of every user
 * @param loggedRequests how many of the last requests are kept one by one
 */
public record SimulatedCloudOptions(
        long seed,
        int hosts,
        int instancesPerHost,
        int projects,
        int cells,
        InstantSource clock,
        LifeRates rates,
        Duration step,
        Duration confirmAfter,
        Duration cleanUpAfter,
        Duration archiveAfter,
        Duration tokenLifetime,
        boolean dateHeader,
        String region,
        String password,
        int loggedRequests) {

    public SimulatedCloudOptions {
        atLeastOne("hosts", hosts);
        atLeastOne("projects", projects);
        atLeastOne("cells", cells);
        atLeastOne("loggedRequests", loggedRequests);
        if (instancesPerHost < 0) {
            throw new IllegalArgumentException("instancesPerHost is negative: " + instancesPerHost);
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is less than 1: " + value);
        }
    }

    /** A calm cloud of that size, otherwise as usual. */
    public static SimulatedCloudOptions of(InstantSource clock, int hosts, int instancesPerHost) {
        return new SimulatedCloudOptions(
                1,
                hosts,
                instancesPerHost,
                8,
                1,
                clock,
                LifeRates.calm(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(4),
                Duration.ofDays(1),
                Duration.ofHours(1),
                true,
                "RegionOne",
                "simulated",
                20_000);
    }

    public SimulatedCloudOptions withSeed(long value) {
        return new SimulatedCloudOptions(
                value,
                hosts,
                instancesPerHost,
                projects,
                cells,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                tokenLifetime,
                dateHeader,
                region,
                password,
                loggedRequests);
    }

    public SimulatedCloudOptions withRates(LifeRates value) {
        return new SimulatedCloudOptions(
                seed,
                hosts,
                instancesPerHost,
                projects,
                cells,
                clock,
                value,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                tokenLifetime,
                dateHeader,
                region,
                password,
                loggedRequests);
    }

    public SimulatedCloudOptions withProjects(int value) {
        return new SimulatedCloudOptions(
                seed,
                hosts,
                instancesPerHost,
                value,
                cells,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                tokenLifetime,
                dateHeader,
                region,
                password,
                loggedRequests);
    }

    public SimulatedCloudOptions withCells(int value) {
        return new SimulatedCloudOptions(
                seed,
                hosts,
                instancesPerHost,
                projects,
                value,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                tokenLifetime,
                dateHeader,
                region,
                password,
                loggedRequests);
    }

    public SimulatedCloudOptions withTokenLifetime(Duration value) {
        return new SimulatedCloudOptions(
                seed,
                hosts,
                instancesPerHost,
                projects,
                cells,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                value,
                dateHeader,
                region,
                password,
                loggedRequests);
    }

    public SimulatedCloudOptions withDateHeader(boolean value) {
        return new SimulatedCloudOptions(
                seed,
                hosts,
                instancesPerHost,
                projects,
                cells,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter,
                tokenLifetime,
                value,
                region,
                password,
                loggedRequests);
    }

    Founding.Plan plan() {
        return new Founding.Plan(
                seed,
                hosts,
                instancesPerHost,
                projects,
                cells,
                clock,
                rates,
                step,
                confirmAfter,
                cleanUpAfter,
                archiveAfter);
    }
}
