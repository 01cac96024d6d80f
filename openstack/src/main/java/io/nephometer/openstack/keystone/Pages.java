// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.keystone;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ApiRequest;
import io.nephometer.openstack.api.Incoming;
import io.nephometer.openstack.api.JsonCursor;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.ServiceTime;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list page by page. Of the link to the next page only the parameters are taken: its host may be one that only the service
 * itself can reach, and no token goes where a link points. For one use.
 */
final class Pages {
    private static final int MOST_RESTARTS = 2;

    /** Nova gives a thousand servers a page, unless it is told to give fewer: a list of more pages than this has no end. */
    static final int MOST_PAGES = 1_000;

    private final ServiceClient client;
    private final ApiRequest first;
    private final PageReader reader;

    private final Set<List<ApiRequest.Parameter>> markers = new HashSet<>();

    private long entries;
    private int pages;
    private int restarts;

    Pages(ServiceClient client, ApiRequest first, PageReader reader) {
        this.client = client;
        this.first = first;
        this.reader = reader;
    }

    Listing read() throws ApiException {
        while (true) {
            Page page = page(first);
            ServiceTime asOf = page.asOf;
            if (follow(page)) {
                return new Listing(entries, pages, asOf, restarts);
            }
            restarts++;
            markers.clear();
        }
    }

    /** Reads the first page alone. */
    ListPage readOne() throws ApiException {
        Page page = page(first);
        return new ListPage(page.entries, page.asOf, page.next != null);
    }

    /** Reads the pages behind the first; false if the list has to be begun again. */
    private boolean follow(Page begin) throws ApiException {
        Page page = begin;
        ApiRequest asked = first;
        while (page.next != null) {
            if (page.entries == 0) {
                return true; // an empty page is the last, whatever it links to
            }
            ApiRequest request = first.withQuery(parameters(page.next));
            if (request.query().equals(asked.query())) {
                return true; // a link in a circle leads nowhere
            }
            if (!markers.add(request.query())) {
                throw badAnswer("its pages link to each other in a circle");
            }
            asked = request;
            try {
                page = page(request);
            } catch (ApiException e) {
                if (isMarkerGone(e) && restarts < MOST_RESTARTS) {
                    return false;
                }
                throw e;
            }
        }
        return true;
    }

    /** The same question without a marker was accepted: so it is the marker, an entry that is gone by now. */
    private static boolean isMarkerGone(ApiException e) {
        return e.failure() == ApiFailure.REFUSED_QUERY && e.status().orElse(0) == 400;
    }

    private Page page(ApiRequest request) throws ApiException {
        if (pages == MOST_PAGES) {
            throw badAnswer("more than " + MOST_PAGES + " pages, and there is no end of them");
        }
        Page page = client.exchange(request, false, this::read);
        pages++;
        return page;
    }

    private Page read(Incoming answer) throws AnswerException {
        Page page = new Page(answer.asOf());
        answer.json(root -> {
            root.fields(field -> field(root, page, field));
            return page;
        });
        if (!page.complete) {
            throw new AnswerException("/: expected a field " + reader.collection() + ", found none");
        }
        return page;
    }

    private void field(JsonCursor json, Page page, String field) throws AnswerException {
        if (field.equals(reader.collection())) {
            json.items(() -> {
                reader.entry().read(json);
                page.entries++;
                entries++;
            });
            page.complete = true;
        } else if (field.equals(reader.next())) {
            page.next = json.isText() || json.isNull() ? json.textIfAny() : link(json);
        }
    }

    private static @Nullable String link(JsonCursor json) throws AnswerException {
        String[] next = new String[1];
        json.items(() -> {
            String[] link = new String[2];
            json.fields(field -> {
                switch (field) {
                    case "rel" -> link[0] = json.textOrNull();
                    case "href" -> link[1] = json.textIfAny();
                    default -> {}
                }
            });
            if ("next".equals(link[0])) {
                next[0] = link[1];
            }
        });
        return next[0];
    }

    /** @throws ApiException if the link is none */
    private List<ApiRequest.Parameter> parameters(String link) throws ApiException {
        try {
            return decodedQuery(URI.create(link).getRawQuery());
        } catch (IllegalArgumentException e) {
            throw badAnswer("the link to the next page is no URL");
        }
    }

    private ApiException badAnswer(String detail) {
        return new ApiException(
                ApiFailure.BAD_ANSWER, client.service(), "GET /" + first.target(), 0, null, detail, null);
    }

    private static List<ApiRequest.Parameter> decodedQuery(@Nullable String query) {
        List<ApiRequest.Parameter> parameters = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(new ApiRequest.Parameter(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** What was found on one page. */
    private static final class Page {
        private final ServiceTime asOf;
        private long entries;
        private boolean complete;
        private @Nullable String next;

        private Page(ServiceTime asOf) {
            this.asOf = asOf;
        }
    }
}
