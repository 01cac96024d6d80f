// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers by path and query, 404 elsewhere, and remembers what it was asked. */
final class CannedFetch implements DynamicFetch {
    private final Map<String, List<URI>> endpoints = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();

    CannedFetch endpoint(String type, String uri) {
        endpoints.computeIfAbsent(type, _ -> new ArrayList<>()).add(URI.create(uri));
        return this;
    }

    CannedFetch answer(String path, String body) {
        answers.put(path, new Answer(200, null, body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    CannedFetch answer(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** In their order. */
    List<Question> asked() {
        return asked;
    }

    List<String> paths() {
        return asked.stream().map(question -> path(question.uri())).toList();
    }

    static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    @Override
    public List<URI> endpoints(String serviceType) throws FetchException {
        List<URI> known = endpoints.get(serviceType);
        if (known == null) {
            throw new FetchException("the catalog has no " + serviceType);
        }
        return known;
    }

    @Override
    public Answer fetch(Question question) {
        asked.add(question);
        return answers.getOrDefault(path(question.uri()), new Answer(404, null, new byte[0]));
    }
}
