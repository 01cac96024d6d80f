// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.e2e.cloud.process.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the broker has at a moment: exchanges and queues of the services as a guest can see them, and the lines of the
 * administrator's listings if there are any.
 */
record BrokerListing(Set<String> lines) {
    static BrokerListing take(CloudBroker broker, List<String> exchanges, List<String> topics, List<String> inspect)
            throws IOException, InterruptedException {
        Set<String> lines = new TreeSet<>();
        for (String exchange : exchanges) {
            if (broker.hasExchange(exchange)) {
                lines.add(exchange + " exchange is there");
            }
        }
        for (String topic : topics) {
            for (String priority : List.of("info", "error", "sample")) {
                if (broker.hasQueue(topic + "." + priority)) {
                    lines.add(topic + "." + priority + " queue is there");
                }
            }
        }
        for (String command : inspect) {
            Answer.of(List.of("sh", "-c", command))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add);
        }
        return new BrokerListing(lines);
    }

    /** Lines that only one of the two has, marked - (gone) and + (new). Services make and remove queues of their own. */
    List<String> changesTo(BrokerListing later) {
        List<String> changes = new ArrayList<>();
        lines.stream().filter(line -> !later.lines.contains(line)).forEach(line -> changes.add("- " + line));
        later.lines.stream().filter(line -> !lines.contains(line)).forEach(line -> changes.add("+ " + line));
        return changes;
    }

    /**
     * Those of the changes that must not be: an exchange listened to, or a queue of notifications, that is gone or otherwise, and
     * anything left of our own.
     *
     * @param ours how the names begin that the run gave
     */
    static List<String> disturbances(List<String> changes, List<String> exchanges, List<String> topics, String ours) {
        return changes.stream()
                .filter(change -> {
                    String name = change.substring(2).split("\\s", 2)[0];
                    boolean theirs =
                            exchanges.contains(name) || topics.stream().anyMatch(t -> name.startsWith(t + "."));
                    return change.startsWith("-") ? theirs : change.contains(ours);
                })
                .toList();
    }
}
