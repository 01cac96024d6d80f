// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.image;

import io.nephometer.simulator.api.Paging;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Image;
import io.nephometer.simulator.http.Query;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import io.nephometer.simulator.identity.Refusal;
import io.nephometer.simulator.identity.Session;
import io.nephometer.simulator.identity.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Glance's API v2, as far as agents read it. */
public final class Glance implements Service {
    private static final Pattern IMAGE = Pattern.compile("/v2/images/([^/]+)");
    private static final int USUAL_PAGE = 25;
    private static final int LARGEST_PAGE = 1000;
    private static final Comparator<Image> ORDER =
            Comparator.comparing(Image::created).reversed().thenComparing(Image::id);

    private final Cloud cloud;
    private final Tokens tokens;
    private final String url;
    private final String keystone;

    /**
     * Makes the service.
     *
     * @param url its own, without a path
     * @param keystone that of Keystone
     */
    public Glance(Cloud cloud, Tokens tokens, String url, String keystone) {
        this.cloud = cloud;
        this.tokens = tokens;
        this.url = url;
        this.keystone = keystone;
    }

    @Override
    public String name() {
        return "glance";
    }

    @Override
    public String template(Request request) {
        return IMAGE.matcher(request.path()).matches() ? "/v2/images/{id}" : request.path();
    }

    @Override
    public QueryKind kind(Request request) {
        return switch (template(request)) {
            case "/" -> QueryKind.VERSION;
            case "/v2/images/{id}" -> QueryKind.ITEM;
            default -> request.query().has("marker") ? QueryKind.NEXT_PAGE : QueryKind.FULL;
        };
    }

    @Override
    public Response answer(Request request) {
        if (request.path().equals("/")) {
            return Response.json(300, versions());
        }
        Optional<Session> session = tokens.of(request);
        if (session.isEmpty()) {
            return Refusal.unauthorized(keystone);
        }
        Matcher image = IMAGE.matcher(request.path());
        if (request.path().equals("/v2/images")) {
            return list(request.query(), session.get());
        }
        return image.matches()
                ? one(image.group(1), session.get())
                : error(404, "Not Found", "The resource could not be found.");
    }

    private Response one(String id, Session session) {
        return cloud.image(id)
                .filter(image -> isSeen(image, session))
                .map(image -> Response.json(200, ImageView.tree(image)))
                .orElseGet(() -> error(404, "Not Found", "No image found with ID " + id));
    }

    private static boolean isSeen(Image image, Session session) {
        return image.isPublic() || session.isAdmin() || image.owner().equals(session.project());
    }

    private Response list(Query query, Session session) {
        Optional<Integer> limit = limit(query);
        if (limit.isEmpty()) {
            return error(400, "Bad Request", "limit param must be an integer");
        }
        List<Image> all = cloud.images().stream()
                .filter(image -> isSeen(image, session))
                .sorted(ORDER)
                .toList();
        Optional<Image> marker = query.last("marker").flatMap(cloud::image);
        if (query.has("marker") && marker.isEmpty()) {
            return error(
                    400,
                    "Bad Request",
                    "No image found with ID " + query.last("marker").orElse(""));
        }
        List<Image> page = all.stream()
                .filter(image -> marker.isEmpty() || ORDER.compare(image, marker.get()) > 0)
                .limit(limit.get())
                .toList();
        return Response.json(200, page(page, query, limit.get()));
    }

    private static Optional<Integer> limit(Query query) {
        String text = query.last("limit").orElse(Integer.toString(USUAL_PAGE));
        return text.matches("[0-9]{1,9}")
                ? Optional.of(Math.min(LARGEST_PAGE, Integer.parseInt(text)))
                : Optional.empty();
    }

    private static Map<String, Object> page(List<Image> page, Query query, int limit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("images", page.stream().map(ImageView::tree).toList());
        Query first = query.without("marker");
        tree.put("first", first.parameters().isEmpty() ? "/v2/images" : "/v2/images?" + first);
        tree.put("schema", "/v2/schemas/images");
        if (limit > 0 && page.size() == limit) {
            tree.put("next", Paging.next("/v2/images", query, page.getLast().id()));
        }
        return tree;
    }

    private Map<String, Object> versions() {
        List<Object> versions = new ArrayList<>();
        for (int minor = 15; minor >= 0; minor--) {
            if (minor != 14) {
                Map<String, Object> version = new LinkedHashMap<>();
                version.put("id", "v2." + minor);
                version.put("status", minor == 15 ? "CURRENT" : "SUPPORTED");
                version.put("links", List.of(Map.of("rel", "self", "href", url + "/v2/")));
                versions.add(version);
            }
        }
        return Map.of("versions", versions);
    }

    private static Response error(int status, String title, String message) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", message + "<br /><br />\n\n\n");
        error.put("code", status + " " + title);
        error.put("title", title);
        return Response.json(status, error);
    }
}
