// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.swift;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.HeadedAnswer;
import io.nephometer.openstack.keystone.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Swift the accounts of projects. An account and its first containers come with one request: a listing has the same
 * headers as the {@code HEAD} of the account. Thread-safe.
 */
public final class SwiftClient {
    /** Swift's own bound may be lower; a page as short as that is taken for the last, so keep it below the usual 10,000. */
    private static final int PAGE_SIZE = 1000;

    private final ServiceClient service;
    private final String resellerPrefix;

    /** @param resellerPrefix what stands before a project in the name of its account: {@code AUTH_} */
    public SwiftClient(ServiceClient service, String resellerPrefix) {
        this.service = service;
        this.resellerPrefix = resellerPrefix;
    }

    /**
     * The account of a project.
     *
     * @throws ApiException {@code NOT_FOUND} if the project has none, {@code FORBIDDEN} if we may not see it
     */
    public Account account(String project, Reason reason) throws ApiException {
        HeadedAnswer<List<Container>> answer = page(project, null, reason);
        return new Account(
                number(answer.header("X-Account-Object-Count")),
                number(answer.header("X-Account-Bytes-Used")),
                number(answer.header("X-Account-Container-Count")),
                answer.value(),
                answer.value().size() < PAGE_SIZE);
    }

    /** All containers of an account whose first ones are known. */
    public List<Container> containers(String project, Account account, Reason reason) throws ApiException {
        List<Container> all = new ArrayList<>(account.containers());
        boolean isListed = account.isListed();
        while (!isListed) {
            List<Container> page = page(project, all.getLast().name(), reason).value();
            all.addAll(page);
            isListed = page.size() < PAGE_SIZE;
        }
        return all;
    }

    private HeadedAnswer<List<Container>> page(String project, @Nullable String after, Reason reason)
            throws ApiException {
        ApiRequest request = ApiRequest.of(resellerPrefix + project, reason)
                .with("format", "json")
                .with("limit", PAGE_SIZE)
                .with("marker", after);
        return service.getHeaded(request, SwiftClient::containers);
    }

    private static List<Container> containers(JsonCursor json) throws AnswerException {
        List<Container> containers = new ArrayList<>();
        json.items(() -> containers.add(container(json)));
        return containers;
    }

    private static Container container(JsonCursor json) throws AnswerException {
        String[] texts = new String[2];
        long[] numbers = new long[2];
        json.fields(field -> {
            switch (field) {
                case "name" -> texts[0] = json.text();
                case "storage_policy" -> texts[1] = json.textIfAny();
                case "count" -> numbers[0] = json.number();
                case "bytes" -> numbers[1] = json.number();
                default -> {}
            }
        });
        if (texts[0] == null) {
            throw json.wrong("a container without name");
        }
        return new Container(texts[0], numbers[0], numbers[1], texts[1]);
    }

    private static long number(Optional<String> header) {
        return header.filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
