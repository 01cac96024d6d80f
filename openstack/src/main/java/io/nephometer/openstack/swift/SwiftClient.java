// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.swift;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.keystone.HeadedAnswer;
import io.nephometer.openstack.keystone.ServiceClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Swift the accounts of projects. An account and its first containers come with one request: a listing has the same
 * headers as the {@code HEAD} of the account. Thread-safe.
 */
public final class SwiftClient {
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
        ApiRequest request = request(project, null, reason);
        HeadedAnswer<List<Container>> answer = service.getHeaded(request, SwiftClient::containers);
        long containerCount = number(request, answer, "X-Account-Container-Count");
        return new Account(
                number(request, answer, "X-Account-Object-Count"),
                number(request, answer, "X-Account-Bytes-Used"),
                containerCount,
                answer.value(),
                isLast(answer.value(), answer.value().size(), containerCount));
    }

    /** All containers of an account whose first ones are known. */
    public List<Container> containers(String project, Account account, Reason reason) throws ApiException {
        List<Container> all = new ArrayList<>(account.containers());
        boolean isListed = account.isListed();
        while (!isListed) {
            ApiRequest request = request(project, all.getLast().name(), reason);
            List<Container> page = service.get(request, SwiftClient::containers);
            all.addAll(page);
            isListed = isLast(page, all.size(), account.containerCount());
        }
        return all;
    }

    /** Swift's own bound may be below ours: a short page is the last one only if the account has no more. */
    private static boolean isLast(List<Container> page, long read, long containerCount) {
        return page.isEmpty() || (page.size() < PAGE_SIZE && read >= containerCount);
    }

    private ApiRequest request(String project, @Nullable String after, Reason reason) {
        return ApiRequest.of(resellerPrefix + project, reason)
                .with("format", "json")
                .with("limit", PAGE_SIZE)
                .with("marker", after);
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

    /** What is not said is not 0. */
    private long number(ApiRequest request, HeadedAnswer<?> answer, String header) throws ApiException {
        String text = answer.header(header).orElse("");
        if (!text.matches("\\d{1,18}")) {
            throw new ApiException(
                    ApiFailure.BAD_ANSWER,
                    service.service(),
                    "GET /" + request.target(),
                    200,
                    null,
                    "its header " + header + " is no number",
                    null);
        }
        return Long.parseLong(text);
    }
}
