// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.hypervisor.MemoryCounters;
import io.nephometer.inventory.Answer;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.inventory.discovery.Discovery;
import io.nephometer.inventory.discovery.InstanceMetadata;
import io.nephometer.openstack.nova.Flavor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What {@code virsh domstats} printed on a host with three guests, twice within ten seconds, as an inspector would tell it. */
final class RecordedHost {
    private static final Pattern INTERFACE = Pattern.compile(
            "<interface .*?<mac address='([^']+)'/>.*?<source bridge='([^']+)'/>.*?<target dev='([^']+)'/>",
            Pattern.DOTALL);

    private RecordedHost() {}

    /** @param number 1 or 2 */
    static Inspection inspection(int number) {
        List<Domain> domains = new ArrayList<>();
        stats(number).forEach((name, stats) -> domains.add(domain(name, stats)));
        return new Inspection(measured(number), domains, List.of());
    }

    static Instant measured(int number) {
        BigDecimal seconds = new BigDecimal(text("domstats-" + number + ".time").strip());
        return Instant.ofEpochSecond(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }

    /** The lines of each domain, by its name and their keys. */
    static Map<String, Map<String, String>> stats(int number) {
        Map<String, Map<String, String>> domains = new LinkedHashMap<>();
        Map<String, String> domain = Map.of();
        for (String line : text("domstats-" + number + ".txt").lines().toList()) {
            if (line.startsWith("Domain: ")) {
                domain = new LinkedHashMap<>();
                domains.put(line.substring(9, line.length() - 1), domain);
            } else if (!line.isBlank()) {
                domain.put(line.strip().split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        return domains;
    }

    /** Each domain as an instance, with its id, its project and its flavor from the description. */
    static Discovery discovery(Inspection inspection, Set<CounterGroup> wanted) {
        List<DiscoveredInstance> instances =
                inspection.domains().stream().map(RecordedHost::instance).toList();
        return new Discovery(instances, List.of(), 0, 0);
    }

    static DiscoveredInstance instance(Domain domain) {
        String xml = text(domain.name() + ".xml");
        Flavor flavor = new Flavor(
                null,
                "lab",
                number(xml, "nova:vcpus"),
                number(xml, "nova:memory"),
                number(xml, "nova:disk"),
                number(xml, "nova:ephemeral"),
                0,
                Map.of());
        return new DiscoveredInstance(
                domain.id(),
                domain,
                first(xml, "<nova:project uuid=\"([^\"]+)\">"),
                null,
                first(xml, "<nova:user uuid=\"([^\"]+)\">"),
                null,
                flavor,
                new InstanceMetadata(Map.of("display_name", first(xml, "<nova:name>([^<]+)<")), "0".repeat(32)),
                Answer.Origin.LIBVIRT,
                null,
                Duration.ZERO);
    }

    private static Domain domain(String name, Map<String, String> stats) {
        String xml = text(name + ".xml");
        return new Domain(
                first(xml, "<uuid>([^<]+)</uuid>"),
                name,
                DomainState.RUNNING,
                new DomainDescription(null, "hvm", "x86_64", interfaces(xml)),
                cpu(stats),
                new MemoryCounters(
                        value(stats, "balloon.current"), null, null, null, value(stats, "balloon.rss"), null, null),
                disks(stats),
                counters(stats),
                Map.of());
    }

    private static CpuCounters cpu(Map<String, String> stats) {
        int count = Integer.parseInt(stats.getOrDefault("vcpu.current", ""));
        long time = IntStream.range(0, count)
                .mapToLong(i -> value(stats, "vcpu." + i + ".time") + value(stats, "vcpu." + i + ".wait"))
                .sum();
        return new CpuCounters(time, count);
    }

    private static List<DiskCounters> disks(Map<String, String> stats) {
        return IntStream.range(0, Integer.parseInt(stats.getOrDefault("block.count", "0")))
                .mapToObj(i -> "block." + i + ".")
                .map(key -> new DiskCounters(
                        stats.getOrDefault(key + "name", ""),
                        value(stats, key + "rd.reqs"),
                        value(stats, key + "rd.bytes"),
                        value(stats, key + "rd.times"),
                        value(stats, key + "wr.reqs"),
                        value(stats, key + "wr.bytes"),
                        value(stats, key + "wr.times"),
                        value(stats, key + "capacity"),
                        value(stats, key + "allocation"),
                        value(stats, key + "physical")))
                .toList();
    }

    private static List<InterfaceCounters> counters(Map<String, String> stats) {
        return IntStream.range(0, Integer.parseInt(stats.getOrDefault("net.count", "0")))
                .mapToObj(i -> "net." + i + ".")
                .map(key -> new InterfaceCounters(
                        stats.getOrDefault(key + "name", ""),
                        value(stats, key + "rx.bytes"),
                        value(stats, key + "rx.pkts"),
                        value(stats, key + "rx.errs"),
                        value(stats, key + "rx.drop"),
                        value(stats, key + "tx.bytes"),
                        value(stats, key + "tx.pkts"),
                        value(stats, key + "tx.errs"),
                        value(stats, key + "tx.drop")))
                .toList();
    }

    private static List<InterfaceDescription> interfaces(String xml) {
        return INTERFACE
                .matcher(xml)
                .results()
                .map(found -> new InterfaceDescription(
                        found.group(3), found.group(1), null, Map.of("bridge", found.group(2))))
                .toList();
    }

    private static long value(Map<String, String> stats, String key) {
        return Long.parseLong(stats.getOrDefault(key, ""));
    }

    private static int number(String xml, String element) {
        return Integer.parseInt(first(xml, "<" + element + ">(\\d+)<"));
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern);
        }
        return matcher.group(1);
    }

    static String text(String file) {
        try (@Nullable InputStream stream = RecordedHost.class.getResourceAsStream("/libvirt/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("no recording " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
