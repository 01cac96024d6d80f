// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition.Request;
import io.nephometer.sources.polling.dynamic.definition.ExtractionException;
import io.nephometer.sources.polling.dynamic.definition.Target;
import io.nephometer.sources.polling.dynamic.expression.ExpressionException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs dynamic pollsters. Keeps nothing between two polls but answers to further requests. Safe for several threads. */
public final class DynamicPolling {
    /** Of one poll; what the page holds on which there are more is still taken. */
    private static final int MOST_READINGS = 500_000;

    private final DynamicFetch fetch;
    private final Asking asking;
    private final AnswerCache cache;

    public DynamicPolling(DynamicFetch fetch, Ticker ticker) {
        this(fetch, CommandRunner.NONE, Authentication.KNOWN, ticker);
    }

    /**
     * With more than the usual.
     *
     * @param authentications by {@code module.object}
     */
    public DynamicPolling(
            DynamicFetch fetch, CommandRunner commands, Map<String, Authentication> authentications, Ticker ticker) {
        this.fetch = fetch;
        this.asking = new Asking(fetch, commands, authentications);
        this.cache = new AnswerCache(ticker);
    }

    /** Asks, and makes readings of what comes. What fails is told in the result, and costs no more than itself. */
    public DynamicResult poll(DynamicPollsterDefinition definition) throws InterruptedException {
        return poll(definition, Map.of(), Duration.ZERO);
    }

    private DynamicResult poll(
            DynamicPollsterDefinition definition, Map<String, @Nullable Object> names, Duration cached)
            throws InterruptedException {
        Shortage shortage = new Shortage();
        List<Reading> readings = new ArrayList<>();
        Enriching enriching = new Enriching(
                (field, more) -> poll(field, more, field.enrichment().cached()), shortage);
        EntryReader reader = new EntryReader(definition, enriching, shortage);
        try {
            String first = definition.request().target().template().of(names);
            for (Pages.Source source : sources(definition.request(), first, cached)) {
                walk(new Pages(definition, first, source), reader, readings, shortage);
            }
        } catch (FetchException | ExpressionException e) {
            shortage.add(Shortage.REQUEST, 0, e.getMessage());
        }
        return new DynamicResult(readings, shortage.all());
    }

    private static void walk(Pages pages, EntryReader reader, List<Reading> readings, Shortage shortage)
            throws InterruptedException {
        try {
            while (pages.hasNext()) {
                for (Object entry : pages.next()) {
                    reader.read(entry, readings::add);
                }
                if (readings.size() > MOST_READINGS) {
                    throw new FetchException(
                            "more than " + MOST_READINGS + " samples; the pages behind them are left out");
                }
            }
        } catch (FetchException | ExtractionException | ExpressionException e) {
            shortage.add(Shortage.REQUEST, 0, e.getMessage());
        }
    }

    /** One for each endpoint. */
    private List<Pages.Source> sources(Request request, String first, Duration cached) throws FetchException {
        return switch (request.target()) {
            case Target.Command _ -> List.of(link -> kept("$ " + link, cached, () -> asking.run(request, link)));
            case Target.Url _ -> {
                URI start = Links.uri(first);
                yield List.of(link -> get(request, Links.redirected(start, link), cached));
            }
            case Target.Service(String type, var _) -> {
                List<Pages.Source> sources = new ArrayList<>();
                for (URI endpoint : fetch.endpoints(type)) {
                    sources.add(link -> get(request, Links.from(endpoint, link), cached));
                }
                yield sources;
            }
        };
    }

    private byte[] get(Request request, URI uri, Duration cached) throws FetchException, InterruptedException {
        return kept(uri + " " + request.headers(), cached, () -> asking.get(request, uri));
    }

    private byte[] kept(String key, Duration cached, Question question) throws FetchException, InterruptedException {
        byte[] known = cached.isZero() ? null : cache.get(key);
        if (known != null) {
            return known;
        }
        try {
            byte[] body = question.ask();
            cache.put(key, body, cached);
            return body;
        } catch (FetchException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while it asked");
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Question {
        byte[] ask() throws FetchException, InterruptedException;
    }
}
