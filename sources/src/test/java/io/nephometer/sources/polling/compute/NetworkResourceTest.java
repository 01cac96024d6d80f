// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.model.Sample;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose an interface's samples are: two interfaces never have one resource. */
class NetworkResourceTest {
    private static final String OTHER = "22222222-2222-3333-4444-555555555555";
    private static final String NOVAS = "nova-instance-instance-00000208-fa163e000001";

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    private static InterfaceDescription vnic(int number, @Nullable String filter) {
        return new InterfaceDescription("tap" + number, "fa:16:3e:00:00:0" + number, filter, Map.of());
    }

    private static Domain domain(String id, InterfaceDescription... interfaces) {
        Domain plain = Guest.running(1, 1).withId(id).domain();
        return new Domain(
                id,
                plain.name(),
                plain.state(),
                new DomainDescription(null, "hvm", "x86_64", List.of(interfaces)),
                plain.cpu(),
                plain.memory(),
                plain.disks(),
                List.of(interfaces).stream()
                        .map(vnic -> new InterfaceCounters(vnic.tap(), 1L, 1L, 0L, 0L, 1L, 1L, 0L, 0L))
                        .toList(),
                plain.perf());
    }

    private List<Sample> samples(Domain... domains) throws Exception {
        hypervisor.next.add(new Inspection(hypervisor.now, List.of(domains), List.of()));
        return hypervisor.measure(hypervisor.each60("network.incoming.bytes"));
    }

    private List<String> resources(Domain... domains) throws Exception {
        return samples(domains).stream()
                .map(sample -> String.valueOf(sample.resourceId()))
                .toList();
    }

    @Test
    void aFilterOfItsOwnIsTheResource() throws Exception {
        assertThat(resources(domain(Guest.ID, vnic(1, NOVAS), vnic(2, "own-tap2-filter"))))
                .containsExactly(NOVAS, "own-tap2-filter");
    }

    @Test
    void aFilterThatSeveralInterfacesShareIsNotTheirResource() throws Exception {
        List<Sample> samples = samples(
                domain(Guest.ID, vnic(1, "clean-traffic"), vnic(2, "clean-traffic")),
                domain(OTHER, vnic(3, "clean-traffic")));

        assertThat(samples)
                .extracting(Sample::resourceId)
                .containsExactly(
                        "instance-00000208-" + Guest.ID + "-tap1",
                        "instance-00000208-" + Guest.ID + "-tap2",
                        "instance-00000208-" + OTHER + "-tap3");
        assertThat(samples).allSatisfy(sample -> assertThat(sample.metadata())
                .containsEntry("fref", "clean-traffic")
                .containsEntry("vnic_name", "clean-traffic"));
    }

    /** On another host another agent sees one of them alone, and must come to the same. */
    @Test
    void aFilterThatOthersMayShareOnOtherHostsIsNotItsResource() throws Exception {
        assertThat(resources(domain(Guest.ID, vnic(1, "clean-traffic"))))
                .containsExactly("instance-00000208-" + Guest.ID + "-tap1");
    }

    @Test
    void withoutAFilterItIsDomainInstanceAndTap() throws Exception {
        assertThat(resources(domain(Guest.ID, vnic(1, null))))
                .containsExactly("instance-00000208-" + Guest.ID + "-tap1");
    }
}
