// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.model.Shortfall;
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

    /** How long an answer serves several that are polled together: longer than any poll takes. */
    private static final Duration SHARED = Duration.ofHours(1);

    private final DynamicFetch fetch;
    private final Asking asking;
    private final AnswerCache cache;
    private final Ticker ticker;

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
        this.ticker = ticker;
    }

    /** Asks, and makes readings of what comes. What fails is told in the result, and costs no more than itself. */
    public DynamicResult poll(DynamicPollsterDefinition definition) throws InterruptedException {
        return poll(definition, Map.of(), new Keeping(cache, Duration.ZERO));
    }

    /** The same for several that ask the same: one answer serves all of them. */
    public List<DynamicResult> poll(List<DynamicPollsterDefinition> definitions) throws InterruptedException {
        if (definitions.size() == 1) {
            return List.of(poll(definitions.getFirst()));
        }
        Keeping shared = new Keeping(new AnswerCache(ticker), SHARED);
        List<DynamicResult> results = new ArrayList<>();
        for (DynamicPollsterDefinition definition : definitions) {
            results.add(poll(definition, Map.of(), shared));
        }
        return results;
    }

    /** Where answers are kept, and how long. */
    private record Keeping(AnswerCache cache, Duration lifetime) {}

    private DynamicResult poll(
            DynamicPollsterDefinition definition, Map<String, @Nullable Object> names, Keeping keeping)
            throws InterruptedException {
        Shortage shortage = new Shortage();
        List<Reading> readings = new ArrayList<>();
        Enriching enriching = new Enriching(
                (field, more) ->
                        poll(field, more, new Keeping(cache, field.enrichment().cached())),
                shortage);
        EntryReader reader = new EntryReader(definition, enriching, shortage);
        try {
            String first = definition.request().target().template().of(names);
            for (Pages.Source source : sources(definition.request(), first, keeping)) {
                walk(new Pages(definition, first, source), reader, readings, shortage);
            }
        } catch (FetchException e) {
            shortage.add(e.isNoService() ? Shortfall.NO_SERVICE : Shortage.REQUEST, 0, e.getMessage());
        } catch (ExpressionException e) {
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
    private List<Pages.Source> sources(Request request, String first, Keeping keeping) throws FetchException {
        return switch (request.target()) {
            case Target.Command _ -> List.of(link -> kept("$ " + link, keeping, () -> asking.run(request, link)));
            case Target.Url _ -> {
                URI start = Links.uri(first);
                yield List.of(link -> get(request, Links.redirected(start, link), keeping));
            }
            case Target.Service(String type, var _) -> {
                List<Pages.Source> sources = new ArrayList<>();
                for (URI endpoint : fetch.endpoints(type)) {
                    sources.add(link -> get(request, Links.from(endpoint, link), keeping));
                }
                yield sources;
            }
        };
    }

    private byte[] get(Request request, URI uri, Keeping keeping) throws FetchException, InterruptedException {
        return kept(uri + " " + request.headers(), keeping, () -> asking.get(request, uri));
    }

    private static byte[] kept(String key, Keeping keeping, Question question)
            throws FetchException, InterruptedException {
        byte[] known = keeping.lifetime().isZero() ? null : keeping.cache().get(key);
        if (known != null) {
            return known;
        }
        try {
            byte[] body = question.ask();
            keeping.cache().put(key, body, keeping.lifetime());
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
