// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.model.Meter;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.swift.Account;
import io.nephometer.openstack.swift.Container;
import io.nephometer.openstack.swift.SwiftClient;
import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.Discovered;
import io.nephometer.sources.polling.central.MeasuredValue;
import io.nephometer.sources.polling.central.ValueSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Of projects' accounts in Swift. */
final class StorageMeters {
    private StorageMeters() {}

    static List<CentralPollster> all(SwiftClient swift) {
        AccountMemo memo = new AccountMemo(swift);
        return List.of(
                new OfAccount(ListedPollster.gauge("storage.objects", "object"), memo, Account::objects),
                new OfAccount(ListedPollster.gauge("storage.objects.size", "B"), memo, Account::bytes),
                new OfAccount(
                        ListedPollster.gauge("storage.objects.containers", "container"), memo, Account::containerCount),
                new OfContainers(
                        ListedPollster.gauge("storage.containers.objects", "object"), memo, Container::objects),
                new OfContainers(ListedPollster.gauge("storage.containers.objects.size", "B"), memo, Container::bytes));
    }

    /** Asks of one project. */
    private interface OfProject extends CentralPollster {
        Meter meter();

        @Override
        default String name() {
            return meter().name();
        }

        @Override
        default String defaultDiscovery() {
            return CloudDiscovery.PROJECTS;
        }

        @Override
        default Kind kind() {
            return Kind.PER_RESOURCE;
        }

        void measure(Discovered project, ValueSink to) throws ApiException;

        /** A project that never used Swift has no account, and no measurement is missing; an account that is closed to us is told. */
        @Override
        default void poll(Discovered project, ValueSink to) throws ApiException {
            try {
                measure(project, to);
            } catch (ApiException e) {
                if (e.failure() == ApiFailure.NOT_FOUND) {
                    to.note("no_account");
                } else if (e.failure() == ApiFailure.FORBIDDEN) {
                    to.tell("account_closed", String.valueOf(e.getMessage()));
                } else {
                    throw e;
                }
            }
        }
    }

    private record OfAccount(Meter meter, AccountMemo memo, ToLongFunction<Account> what) implements OfProject {
        @Override
        public void measure(Discovered project, ValueSink to) throws ApiException {
            long volume = what.applyAsLong(memo.account(project));
            to.value(new MeasuredValue(meter, volume, project.id(), project.id(), null, Map.of()));
        }
    }

    private record OfContainers(Meter meter, AccountMemo memo, ToLongFunction<Container> what) implements OfProject {
        @Override
        public void measure(Discovered project, ValueSink to) throws ApiException {
            for (Container container : memo.containers(project)) {
                Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
                metadata.put("storage_policy", container.storagePolicy());
                String resource = project.id() + "/" + container.name();
                to.value(new MeasuredValue(meter, what.applyAsLong(container), resource, project.id(), null, metadata));
            }
        }
    }
}
