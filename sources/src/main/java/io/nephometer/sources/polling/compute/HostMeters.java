// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static io.nephometer.model.MeterType.CUMULATIVE;
import static io.nephometer.model.MeterType.GAUGE;

import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processors of the machine under a hypervisor; nothing of an instance. */
final class HostMeters {
    static final String FREQUENCY = "host.cpu.frequency";
    static final String USER = "host.cpu.user.time";
    static final String KERNEL = "host.cpu.kernel.time";
    static final String IDLE = "host.cpu.idle.time";
    static final String IOWAIT = "host.cpu.iowait.time";

    private HostMeters() {}

    static List<Pollster> all() {
        return List.of(
                of(new Meter(FREQUENCY, GAUGE, "MHz")),
                of(new Meter(USER, CUMULATIVE, "ns")),
                of(new Meter(KERNEL, CUMULATIVE, "ns")),
                of(new Meter(IDLE, CUMULATIVE, "ns")),
                of(new Meter(IOWAIT, CUMULATIVE, "ns")));
    }

    private static Pollster of(Meter meter) {
        return Pollster.direct(meter, Set.of(), Pollster.Scope.HOST, _ -> List.of());
    }

    /** The samples of those of these pollsters that are of the machine. */
    static List<Sample> samples(List<Pollster> pollsters, String host, HostFigures figures, Slot slot) {
        List<Pollster> ofHost = pollsters.stream()
                .filter(one -> one.scope() == Pollster.Scope.HOST)
                .toList();
        List<Sample> samples = new ArrayList<>();
        Map<String, Long> read = ofHost.isEmpty() ? Map.of() : figures.read();
        for (Pollster pollster : ofHost) {
            Long value = read.get(pollster.name());
            if (value != null) {
                Map<String, @Nullable Object> facts = Map.of("host", host, "nodename", figures.node());
                samples.add(new Sample(
                        new Sample.Origin.Slotted(slot),
                        pollster.meter(),
                        value,
                        host + "_" + figures.node(),
                        null,
                        null,
                        slot.start(),
                        facts));
            }
        }
        return samples;
    }
}
