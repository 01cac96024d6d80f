// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.runtime.json.Json;
import java.time.Duration;

/** One mode in a JVM of its own: cloud, agents and what is known of them fit into no small heap. Prints its figures as JSON. */
final class CloudProgram {
    private CloudProgram() {}

    /** @param args mode, hosts, instances on each, minutes, seconds between cycles, part of the instances that change */
    @SuppressWarnings("SystemOut") // read by the process that started this one
    public static void main(String[] args) throws Exception {
        Plan plan = new Plan(
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Duration.ofSeconds(Long.parseLong(args[4])),
                Double.parseDouble(args[5]));
        System.out.println(Json.write(CloudRun.of(Mode.valueOf(args[0]), plan).tree()));
    }
}
