// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.swift.Account;
import io.nephometer.openstack.swift.Container;
import io.nephometer.openstack.swift.SwiftClient;
import io.nephometer.sources.polling.central.Discovered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Swift said last to this thread: the pollsters of one project follow each other on one thread, and one request serves them
 * all, also if it failed.
 */
final class AccountMemo {
    private final SwiftClient swift;

    @SuppressWarnings("ThreadLocalUsage") // one for each client; a thread ends with its project
    private final ThreadLocal<@Nullable Said> last = new ThreadLocal<>();

    AccountMemo(SwiftClient swift) {
        this.swift = swift;
    }

    /** Of one project in one slot: a thread asks for one project, once. */
    private static final class Said {
        private final Discovered project;
        private @Nullable Account account;
        private @Nullable List<Container> containers;
        private @Nullable ApiException failure;

        private Said(Discovered project) {
            this.project = project;
        }
    }

    Account account(Discovered project) throws ApiException {
        Said said = of(project);
        Account account = said.account;
        if (account == null) {
            account = asked(said, () -> swift.account(project.id(), Reason.MEASUREMENT));
            said.account = account;
        }
        return account;
    }

    List<Container> containers(Discovered project) throws ApiException {
        Account account = account(project);
        Said said = of(project);
        List<Container> containers = said.containers;
        if (containers == null) {
            containers = asked(said, () -> swift.containers(project.id(), account, Reason.MEASUREMENT));
            said.containers = containers;
        }
        return containers;
    }

    @SuppressWarnings("ReferenceEquality") // an equal project of another slot is another question
    private Said of(Discovered project) {
        Said said = last.get();
        if (said == null || said.project != project) {
            said = new Said(project);
            last.set(said);
        }
        return said;
    }

    private static <T> T asked(Said said, Question<T> question) throws ApiException {
        if (said.failure != null) {
            throw said.failure;
        }
        try {
            return question.ask();
        } catch (ApiException e) {
            said.failure = e;
            throw e;
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws ApiException;
    }
}
