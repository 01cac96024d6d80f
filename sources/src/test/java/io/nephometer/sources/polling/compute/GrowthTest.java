// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.model.Sample;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.slots.Measuring;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deltas and rates, when counters do not just grow. */
class GrowthTest {
    private static final String RATE = "network.incoming.bytes.rate";
    private static final String DELTA = "network.incoming.bytes.delta";

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final Measuring measuring = hypervisor.each60(RATE, DELTA, "cpu_util", "disk.read.bytes.rate");

    private List<Sample> show(Guest... guests) throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, guests));
        return hypervisor.measure(measuring);
    }

    private static List<Number> volumes(List<Sample> samples, String meter) {
        return samples.stream()
                .filter(sample -> sample.meter().name().equals(meter))
                .map(Sample::volume)
                .toList();
    }

    @Test
    void isOverTheTimeBetweenTheReadings() throws Exception {
        show(Guest.running(100, 6_000));
        List<Sample> second = show(Guest.running(130, 12_000));

        assertThat(volumes(second, RATE)).containsExactly(100.0);
        assertThat(volumes(second, DELTA)).containsExactly(6_000L);
        assertThat(volumes(second, "cpu_util")).containsExactly(50.0);
    }

    @Test
    void aReadingThatCameLateCountsItsTime() throws Exception {
        show(Guest.running(100, 0));
        hypervisor.now = hypervisor.now.plusSeconds(15);
        List<Sample> second = show(Guest.running(130, 7_500));

        assertThat(volumes(second, RATE)).containsExactly(100.0);
        assertThat(volumes(second, "cpu_util")).containsExactly(40.0);
    }

    @Test
    void aClockThatWasSetDoesNotMatter() throws Exception {
        show(Guest.running(100, 0));
        hypervisor.setClock(Duration.ofHours(-1));
        List<Sample> second = show(Guest.running(130, 6_000));

        assertThat(volumes(second, RATE)).containsExactly(100.0);
    }

    @Test
    void utilisationIsOfAllProcessorsAndNeverMoreThanAll() throws Exception {
        show(Guest.running(0, 0).withVcpus(2));
        assertThat(volumes(show(Guest.running(60, 0).withVcpus(2)), "cpu_util")).containsExactly(50.0);
        assertThat(volumes(show(Guest.running(60 + 121, 0).withVcpus(2)), "cpu_util"))
                .containsExactly(100.0);
    }

    @Test
    void aCounterThatBeganAnewHasNoRateAndTheDeltaSinceThen() throws Exception {
        show(Guest.running(100, 5_000));
        List<Sample> second = show(Guest.running(101, 300));
        List<Sample> third = show(Guest.running(102, 900));

        assertThat(volumes(second, RATE)).isEmpty();
        assertThat(volumes(second, DELTA)).containsExactly(300L);
        assertThat(hypervisor.skipped.get(RATE)).containsEntry(Skip.COUNTER_RESET, 1);
        assertThat(volumes(third, RATE)).containsExactly(10.0);
    }

    @Test
    void aRebootThatOvertookTheOldCounterHasNoRateAndNoDeltaTwice() throws Exception {
        show(Guest.running(100, 5_000));
        List<Sample> second = show(Guest.running(3, 5_600));

        assertThat(volumes(second, RATE)).isEmpty();
        assertThat(volumes(second, "cpu_util")).isEmpty();
        assertThat(volumes(second, "disk.read.bytes.rate")).isEmpty();
        assertThat(volumes(second, DELTA)).containsExactly(600L);
        assertThat(volumes(show(Guest.running(4, 5_660)), RATE)).containsExactly(1.0);
    }

    @Test
    void anInstanceThatCameBackBeginsAnew() throws Exception {
        show(Guest.running(100, 5_000));
        show();
        List<Sample> third = show(Guest.running(200, 9_000));

        assertThat(third).isEmpty();
        assertThat(volumes(show(Guest.running(200, 9_060)), RATE)).containsExactly(1.0);
    }

    @Test
    void aStoppedInstanceBeginsAnew() throws Exception {
        show(Guest.running(100, 5_000));
        show(Guest.running(0, 0).withState(DomainState.SHUTOFF));

        assertThat(show(Guest.running(200, 9_000))).isEmpty();
    }

    @Test
    void aLongGapGivesADeltaAndNoRate() throws Exception {
        show(Guest.running(100, 5_000));
        hypervisor.now = hypervisor.now.plusSeconds(600);
        List<Sample> second = show(Guest.running(130, 9_000));

        assertThat(volumes(second, RATE)).isEmpty();
        assertThat(volumes(second, DELTA)).containsExactly(4_000L);
        assertThat(hypervisor.skipped.get(RATE)).containsEntry(Skip.GAP, 1);
    }

    @Test
    void oneMissedSlotIsAveragedOver() throws Exception {
        show(Guest.running(100, 0));
        hypervisor.now = hypervisor.now.plusSeconds(60);

        assertThat(volumes(show(Guest.running(130, 12_000)), RATE)).containsExactly(100.0);
    }

    @Test
    void theDeltaOfACycleThatWasThrownAwayIsInTheNextOne() throws Exception {
        show(Guest.running(100, 5_000));
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(130, 6_200)));
        List<Sample> thrownAway = FakeHypervisor.samples(hypervisor.throwAway(measuring));
        List<Sample> third = show(Guest.running(160, 11_000));

        assertThat(volumes(thrownAway, DELTA)).containsExactly(1_200L);
        assertThat(volumes(third, DELTA)).containsExactly(6_000L);
        assertThat(volumes(third, RATE)).containsExactly(50.0);
        assertThat(volumes(show(Guest.running(190, 11_300)), DELTA)).containsExactly(300L);
    }

    @Test
    void deltasThatWereDeliveredAddUpWhateverWasThrownAway() throws Exception {
        Random random = new Random(5);
        show(Guest.running(100, 0));
        long bytes = 0;
        long told = 0;
        for (int cycle = 1; cycle <= 200; cycle++) {
            bytes += random.nextInt(1_000);
            boolean lost = cycle < 200 && random.nextInt(3) == 0;
            hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(100 + cycle, bytes)));
            List<Sample> samples = lost ? List.of() : hypervisor.measure(measuring);
            if (lost) {
                hypervisor.throwAway(measuring);
            }
            told += volumes(samples, DELTA).stream()
                    .mapToLong(Number::longValue)
                    .sum();
        }
        assertThat(told).isEqualTo(bytes);
    }

    @Test
    void aSourceThatWasDeliveredDoesNotSettleAnother() throws Exception {
        Measuring two = hypervisor.measurings("""
                        sources:
                          - {name: in, interval: 60, meters: [network.incoming.bytes.delta]}
                          - {name: out, interval: 60, meters: [network.outgoing.bytes.delta]}
                        """, false).getFirst();
        for (int bytes : new int[] {100, 300}) {
            hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(bytes, bytes)));
            hypervisor.measure(two);
        }
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(400, 700)));
        two.delivered(hypervisor.throwAway(two).getFirst().slot());
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(500, 1_500)));
        List<Sample> last = hypervisor.measure(two);

        assertThat(volumes(last, DELTA)).containsExactly(800L);
        assertThat(volumes(last, "network.outgoing.bytes.delta")).containsExactly(1_200L);
    }

    @Test
    void anInstanceThatCouldNotBeReadOnceGoesOnWhereItWas() throws Exception {
        show(Guest.running(100, 5_000));
        DomainFault fault = new DomainFault(Guest.ID, DomainFault.Kind.NO_COUNTERS, "busy");
        hypervisor.next.add(new Inspection(hypervisor.now, List.of(), List.of(fault)));
        assertThat(hypervisor.measure(measuring)).isEmpty();

        assertThat(volumes(show(Guest.running(160, 9_000)), DELTA)).containsExactly(4_000L);
    }

    @Test
    void whatIsGoneIsForgotten() {
        CounterMemory memory = new CounterMemory();
        for (int i = 0; i < 1_000; i++) {
            Guest guest = Guest.running(1, 1).withId("guest-" + i);
            memory.turn(List.of(RecordedHost.instance(guest.domain())), Set.of());
            memory.note(guest.id(), RATE, "vnic-" + i, 1, new MeasuringTime(hypervisor.now, i));
            memory.settle();
        }

        assertThat(memory.size()).isEqualTo(1);
    }
}
