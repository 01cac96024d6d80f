// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.Discovered;
import io.nephometer.sources.polling.central.MeasuredValue;
import io.nephometer.sources.polling.central.ValueSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListedPollsterTest {
    private final List<String> said = new ArrayList<>();

    private List<String> polled(List<CentralPollster> pollsters, Map<String, Object> attributes) throws Exception {
        for (CentralPollster pollster : pollsters) {
            pollster.poll(new Discovered("r", new HashMap<>(attributes)), new ValueSink() {
                @Override
                public void note(String reason) {
                    throw new AssertionError(reason);
                }

                @Override
                public void value(MeasuredValue value) {
                    said.add(value.meter().name() + " " + value.volume());
                }

                @Override
                public void tell(String reason, String detail) {
                    said.add(pollster.name() + ": " + reason + ": " + detail);
                }
            });
        }
        return said;
    }

    private static List<CentralPollster> only(List<CentralPollster> all, String name) {
        return all.stream().filter(one -> one.name().endsWith(name)).toList();
    }

    @Test
    void aSizeThatIsMissingIsTold() throws Exception {
        assertThat(polled(only(VolumeMeters.all(), "volume.size"), Map.of()))
                .containsExactly("volume.size: no_number: size is null");
    }

    @Test
    void anImageThatWasNotUploadedHasRightlyNone() throws Exception {
        assertThat(polled(ImageMeters.all(), Map.of())).isEmpty();
    }

    @Test
    void aPoolWithoutEndSaysWhyNothingIsVirtuallyFree() throws Exception {
        assertThat(polled(
                        only(PoolMeters.all(), "virtual_free"),
                        Map.of("total_capacity_gb", "infinite", "provisioned_capacity_gb", 5L)))
                .containsExactly(
                        "volume.provider.pool.capacity.virtual_free: no_number: total_capacity_gb is infinite");
    }

    @Test
    void aPoolThatCountsNothingAsProvisionedIsNoShortfall() throws Exception {
        assertThat(polled(only(PoolMeters.all(), "provisioned"), Map.of("total_capacity_gb", 9L)))
                .isEmpty();
    }
}
