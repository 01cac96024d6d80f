// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks HTTP APIs on behalf of dynamic pollsters. Safe for several threads. */
public interface DynamicFetch {
    /**
     * The endpoints of a kind of service in the catalog.
     *
     * @throws FetchException if there is none, or no catalog
     */
    List<URI> endpoints(String serviceType) throws FetchException;

    /**
     * Asks once.
     *
     * @throws FetchException if there is no answer; any status is an answer
     */
    Answer fetch(Question question) throws FetchException;

    /**
     * What is asked.
     *
     * @param target what the definition names; decides about tokens
     * @param uri where to, which for a service is below one of its endpoints
     */
    record Question(Target target, URI uri, Map<String, String> headers, Duration timeout) {
        public Question {
            headers = Map.copyOf(headers);
        }

        Question at(URI other) {
            return new Question(target, other, headers, timeout);
        }
    }

    /**
     * What came back.
     *
     * @param location where a redirect leads
     */
    @SuppressWarnings("ArrayRecordComponent") // is handed on, not compared
    record Answer(int status, @Nullable String location, byte[] body) {}
}
