// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.definition.Extraction;
import io.nephometer.sources.polling.dynamic.definition.ExtractionException;
import io.nephometer.sources.polling.dynamic.definition.MissingException;
import io.nephometer.sources.polling.dynamic.expression.ExpressionException;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages of an answer, one after the other. For one use. */
final class Pages {
    static final int MOST_PAGES = 1_000;

    private final DynamicPollsterDefinition definition;
    private final Source source;
    private final Set<String> visited = new HashSet<>();
    private @Nullable String next;

    /** Gives the body for a link: a path or URL, or a command. */
    @FunctionalInterface
    interface Source {
        byte[] get(String link) throws FetchException, InterruptedException;
    }

    Pages(DynamicPollsterDefinition definition, String first, Source source) {
        this.definition = definition;
        this.source = source;
        this.next = first;
    }

    boolean hasNext() {
        return next != null;
    }

    /** The entries of the next page. */
    List<?> next() throws FetchException, ExtractionException, ExpressionException, InterruptedException {
        String link = String.valueOf(next);
        next = null;
        if (visited.size() == MOST_PAGES) {
            throw new FetchException("more than " + MOST_PAGES + " pages");
        }
        if (!visited.add(link)) {
            throw new FetchException("the pages link to each other in a circle: " + link);
        }
        Object answer = AnswerReader.read(source.get(link), definition.request().handlers());
        List<?> entries = entries(answer);
        next = link(answer);
        return entries;
    }

    private List<?> entries(@Nullable Object answer) throws ExtractionException, ExpressionException {
        if (answer instanceof List<?> list) {
            return list;
        }
        Extraction key = definition.entries().key();
        Object entries = key == null ? first(answer) : key.of(answer);
        return switch (entries) {
            case List<?> list -> list;
            case Map<?, ?> one -> List.of(one);
            case null, default -> throw new ExtractionException("the entries are no list, but " + Types.name(entries));
        };
    }

    /** What the first key holds; a text that is the whole answer is an entry itself. */
    private static @Nullable Object first(@Nullable Object answer) throws ExtractionException {
        if (!(answer instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new ExtractionException(
                    "the answer is neither a list nor a map with a key, but " + Types.name(answer));
        }
        return map.containsKey(AnswerReader.TEXT) && map.size() == 1
                ? map
                : map.values().iterator().next();
    }

    /** Null on the last page: there is no link, or an empty one. */
    private @Nullable String link(@Nullable Object answer) throws ExtractionException, ExpressionException {
        Extraction extraction = definition.entries().next();
        if (extraction == null) {
            return null;
        }
        try {
            Object link = extraction.of(answer);
            if (link instanceof String text) {
                return text.isEmpty() ? null : text;
            }
            if (Types.isTrue(link)) {
                throw new ExtractionException("the link to the next page is no text, but " + Types.name(link));
            }
            return null;
        } catch (MissingException _) {
            return null;
        } catch (ExpressionException e) {
            if (e.kind() == Fault.Kind.KEY) {
                return null;
            }
            throw e;
        }
    }
}
