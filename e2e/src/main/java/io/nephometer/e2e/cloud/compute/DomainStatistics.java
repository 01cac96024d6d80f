// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.process.Answer;
import io.nephometer.runtime.WallClock;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code virsh domstats --raw} said of the domains that run.
 *
 * @param began before it was asked
 * @param ended after it had answered
 * @param domains by name; of each what it says by libvirt's names: {@code vcpu.0.time}
 */
record DomainStatistics(Instant began, Instant ended, Map<String, Map<String, String>> domains) {
    DomainStatistics {
        domains = Map.copyOf(domains);
    }

    /** Asks the hypervisor. */
    static DomainStatistics read(String virsh, String uri) throws IOException, InterruptedException {
        Instant began = WallClock.system().instant();
        String text = Answer.of(List.of(virsh, "-r", "-c", uri, "domstats", "--raw", "--list-running"));
        return new DomainStatistics(began, WallClock.system().instant(), parse(text));
    }

    static Map<String, Map<String, String>> parse(String text) {
        Map<String, Map<String, String>> domains = new HashMap<>();
        Map<String, String> domain = new TreeMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("Domain: '")) {
                domain = new TreeMap<>();
                domains.put(line.substring("Domain: '".length(), line.length() - 1), domain);
            } else if (equals > 0) {
                domain.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return domains;
    }
}
