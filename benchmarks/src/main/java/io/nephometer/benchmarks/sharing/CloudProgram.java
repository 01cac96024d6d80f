// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.runtime.json.Json;
import java.time.Duration;

/** One mode in a JVM of its own: cloud, agents and what is known of them fit into no small heap. Prints its figures as JSON. */
final class CloudProgram {
    private CloudProgram() {}

    /** Arguments: mode, hosts, instances on each, minutes, seconds between cycles, part of the instances that change. */
    public static void main(String[] arguments) throws Exception {
        Plan plan = new Plan(
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Duration.ofSeconds(Long.parseLong(arguments[4])),
                Double.parseDouble(arguments[5]));
        System.out.println(
                Json.write(CloudRun.of(Mode.valueOf(arguments[0]), plan).tree()));
    }
}
