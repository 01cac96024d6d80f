// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import static io.nephometer.inventory.discovery.Recorded.AGE;
import static io.nephometer.inventory.discovery.Recorded.HOST;
import static io.nephometer.inventory.discovery.Recorded.ID;
import static io.nephometer.inventory.discovery.Recorded.MEASURED;
import static io.nephometer.inventory.discovery.Recorded.POLLED;
import static io.nephometer.inventory.discovery.Recorded.description;
import static io.nephometer.inventory.discovery.Recorded.domain;
import static io.nephometer.inventory.discovery.Recorded.inspection;
import static io.nephometer.inventory.discovery.Recorded.instance;
import static io.nephometer.inventory.discovery.Recorded.inventory;
import static io.nephometer.inventory.discovery.Recorded.knowingNothing;
import static io.nephometer.inventory.discovery.Recorded.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Inventory;
import io.nephometer.model.Shortfall;
import io.nephometer.model.UserMetadataRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceDiscoveryTest {
    private static final UserMetadataRule RULE = new UserMetadataRule(List.of("metering."), List.of(), 256);
    private static final DomainDescription FOREIGN = new DomainDescription(null, "hvm", "x86_64", List.of());

    private static Discovery discover(DiscoveryMethod method, Inventory inventory, Inspection inspection) {
        return new InstanceDiscovery(method, HOST, inventory, RULE).discover(inspection);
    }

    private static Instance inState(String id, String status, String vmState) {
        return new Instance(server(id, status, vmState), Recorded.flavor(), Recorded.image());
    }

    @ParameterizedTest
    @EnumSource
    void instanceThatBothKnow_isMeasured_withOriginAndAge(DiscoveryMethod method) {
        Discovery found = discover(method, inventory(instance()), inspection(domain()));
        assertThat(found.shortfalls()).isEmpty();
        assertThat(found.instances()).singleElement().satisfies(one -> {
            assertThat(one.isRunning()).isTrue();
            assertThat(one.projectId()).isEqualTo(Recorded.PROJECT);
            assertThat(one.projectName()).isEqualTo("admin");
            assertThat(one.userName()).isEqualTo("admin-user");
            assertThat(one.origin()).isEqualTo(Origin.API);
            assertThat(one.asOf()).isEqualTo(POLLED);
            assertThat(one.age()).isEqualTo(AGE);
            assertThat(one.metadata().values()).containsKey("user_metadata");
        });
    }

    @Test
    void libvirtMetadata_measuresWhatNovaDoesNotList_fromItsDomain() {
        Discovery found = discover(DiscoveryMethod.LIBVIRT_METADATA, inventory(), inspection(domain()));
        assertThat(found.unknownToNova()).isEqualTo(1);
        assertThat(found.instances()).singleElement().satisfies(one -> {
            assertThat(one.origin()).isEqualTo(Origin.LIBVIRT);
            assertThat(one.asOf()).isEqualTo(MEASURED);
            assertThat(one.age()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void naive_countsWhatNovaDoesNotList_asMissing() {
        Discovery found = discover(DiscoveryMethod.NAIVE, inventory(), inspection(domain()));
        assertThat(found.instances()).isEmpty();
        assertThat(found.unknownToNova()).isEqualTo(1);
        assertThat(found.shortfalls()).extracting(Shortfall::reason).containsExactly("unknown_to_nova");
    }

    @Test
    void nothingKnownOfNova_naiveSaysSo_libvirtMetadataMeasures() {
        Discovery naive = discover(DiscoveryMethod.NAIVE, knowingNothing(), inspection(domain()));
        assertThat(naive.instances()).isEmpty();
        assertThat(naive.shortfalls()).singleElement().satisfies(shortfall -> {
            assertThat(shortfall.reason()).isEqualTo("inventory_unavailable");
            assertThat(shortfall.count()).isEqualTo(1);
        });
        Discovery libvirt = discover(DiscoveryMethod.LIBVIRT_METADATA, knowingNothing(), inspection(domain()));
        assertThat(libvirt.instances()).hasSize(1);
        assertThat(libvirt.shortfalls()).isEmpty();
        assertThat(libvirt.unknownToNova()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void instanceThatShouldRunHereAndDoesNot_isAShortfall(DiscoveryMethod method) {
        Discovery found = discover(method, inventory(instance()), inspection());
        assertThat(found.instances()).isEmpty();
        assertThat(found.shortfalls()).singleElement().satisfies(shortfall -> {
            assertThat(shortfall.reason()).isEqualTo("not_on_hypervisor");
            assertThat(shortfall.detail()).contains(ID);
        });
    }

    @ParameterizedTest
    @EnumSource
    void stoppedAndShelvedInstances_areThereWithoutADomain_brokenAndDeletedOnesAreNot(DiscoveryMethod method) {
        Discovery found = discover(
                method,
                inventory(
                        inState("1", "SHUTOFF", "stopped"),
                        inState("2", "SHELVED", "shelved"),
                        inState("3", "ERROR", "error"),
                        inState("4", "DELETED", "deleted")),
                inspection());
        assertThat(found.instances()).extracting(DiscoveredInstance::id).containsExactly("1", "2");
        assertThat(found.instances()).noneMatch(DiscoveredInstance::isRunning);
        assertThat(found.shortfalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void instanceInErrorThatRunsAllTheSame_isMeasured(DiscoveryMethod method) {
        Discovery found = discover(method, inventory(inState(ID, "ERROR", "error")), inspection(domain()));
        assertThat(found.instances()).singleElement().satisfies(one -> assertThat(one.isRunning())
                .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void foreignDomains_areCountedAndLeftAlone(DiscoveryMethod method) {
        Inspection inspection = new Inspection(
                MEASURED,
                List.of(domain("f", DomainState.RUNNING, FOREIGN)),
                List.of(
                        new DomainFault("f", DomainFault.Kind.NOT_NOVA, ""),
                        new DomainFault("g", DomainFault.Kind.NOT_NOVA, "")));
        Discovery found = discover(method, inventory(), inspection);
        assertThat(found.instances()).isEmpty();
        assertThat(found.notOfNova()).isEqualTo(2);
        assertThat(found.unknownToNova()).isZero();
        assertThat(found.shortfalls()).isEmpty();
    }

    @Test
    void unreadableDomain_isMeasuredIfNovaKnowsIt_elseMissing() {
        Inspection broken = inspection(domain(ID, DomainState.RUNNING, null));
        assertThat(discover(DiscoveryMethod.LIBVIRT_METADATA, inventory(instance()), broken)
                        .instances())
                .singleElement()
                .satisfies(one -> assertThat(one.origin()).isEqualTo(Origin.API));
        assertThat(discover(DiscoveryMethod.LIBVIRT_METADATA, inventory(), broken)
                        .shortfalls())
                .extracting(Shortfall::reason)
                .containsExactly("no_description");
    }

    @ParameterizedTest
    @EnumSource
    void domainWithoutCounters_isNotCalledGone(DiscoveryMethod method) {
        Inspection inspection =
                new Inspection(MEASURED, List.of(), List.of(new DomainFault(ID, DomainFault.Kind.NO_COUNTERS, "")));
        Discovery found = discover(method, inventory(instance()), inspection);
        assertThat(found.shortfalls()).isEmpty();
        assertThat(found.instances()).isEmpty();
    }

    @Test
    void stoppedDomain_isNotRunning() {
        Discovery found = discover(
                DiscoveryMethod.LIBVIRT_METADATA,
                inventory(inState(ID, "SHUTOFF", "stopped")),
                inspection(domain(ID, DomainState.SHUTOFF, description())));
        assertThat(found.instances()).singleElement().satisfies(one -> {
            assertThat(one.domain()).isNotNull();
            assertThat(one.isRunning()).isFalse();
            assertThat(one.metadata().values()).containsEntry("state", "shutdown");
        });
    }

    @Test
    void metadataIsWrittenAgain_onlyWhenTheFactsAreOthers() {
        InstanceDiscovery discovery = new InstanceDiscovery(DiscoveryMethod.LIBVIRT_METADATA, HOST, inventory(), RULE);
        InstanceMetadata first = only(discovery, domain());
        InstanceMetadata unchanged = only(discovery, domain());
        InstanceMetadata changed = only(discovery, domain(ID, DomainState.PAUSED, description()));

        assertThat(unchanged).isSameAs(first);
        assertThat(changed.version()).isNotEqualTo(first.version());
    }

    private static InstanceMetadata only(InstanceDiscovery discovery, Domain domain) {
        return discovery.discover(inspection(domain)).instances().getFirst().metadata();
    }

    @Test
    void metadataOfInstancesThatAreGone_isForgotten() {
        MetadataShelf shelf = new MetadataShelf(new MetadataWriter(RULE)::write);
        List<DiscoveredInstance> found = discover(
                        DiscoveryMethod.LIBVIRT_METADATA, inventory(instance()), inspection(domain()))
                .instances();
        shelf.of(new FactFinding(HOST).ofServer(instance(), description()));
        shelf.keepOnly(found);
        assertThat(shelf.size()).isEqualTo(1);
        shelf.keepOnly(List.of());
        assertThat(shelf.size()).isZero();
    }
}
