// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Request;
import io.nephometer.sources.polling.dynamic.definition.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks for one page: follows redirects on the same host, refuses what is no success. */
final class Asking {
    private static final int MOST_REDIRECTS = 5;

    private final DynamicFetch fetch;
    private final CommandRunner commands;
    private final Map<String, Authentication> authentications;

    Asking(DynamicFetch fetch, CommandRunner commands, Map<String, Authentication> authentications) {
        this.fetch = fetch;
        this.commands = commands;
        this.authentications = authentications;
    }

    /** The body of the answer to a command. */
    byte[] run(Request request, String command) throws FetchException, InterruptedException {
        return commands.run(command, request.timeout()).getBytes(StandardCharsets.UTF_8);
    }

    /** The body of the answer. */
    byte[] get(Request request, URI uri) throws FetchException {
        DynamicFetch.Question question =
                new DynamicFetch.Question(request.target(), uri, headers(request), request.timeout());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            DynamicFetch.Answer answer = fetch.fetch(question);
            if (answer.status() >= 200 && answer.status() < 300) {
                return answer.body();
            }
            String location = answer.location();
            if (answer.status() / 100 != 3 || location == null) {
                throw new FetchException(what(question) + " was answered with " + answer.status());
            }
            question = question.at(Links.redirected(question.uri(), location));
        }
        throw new FetchException(what(question) + ": more than " + MOST_REDIRECTS + " redirects");
    }

    private Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        if (request.target() instanceof Target.Url url) {
            Authentication authentication = authentications.get(url.authentication());
            if (authentication != null) {
                headers.putAll(authentication.headers(url.parameters()));
            }
        }
        return headers;
    }

    /** Without a query, which may hold secrets of others. */
    private static String what(DynamicFetch.Question question) {
        return "GET " + question.uri().getRawPath();
    }
}
