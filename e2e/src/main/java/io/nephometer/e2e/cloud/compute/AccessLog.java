// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of nova-api from some moment on. For one thread. */
final class AccessLog {
    /** As Nova's own request log, Apache and nginx write it; uWSGI's line of the same request has no quote. */
    private static final Pattern REQUEST = Pattern.compile("\"(?:GET|POST|PUT|DELETE|HEAD) ([^\\s\"]+)");

    private final Path file;
    private final long begin;

    /** Begins at what is written from now on. */
    AccessLog(Path file) throws IOException {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file)) {
            this.begin = channel.size();
        }
    }

    /** Requests until now by what they were for. */
    Map<String, Long> requests(String host) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - begin));
            channel.position(begin);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until all of it is there
            }
            return count(new String(bytes.array(), StandardCharsets.UTF_8), host);
        }
    }

    static Map<String, Long> count(String log, String host) {
        Map<String, Long> requests = new TreeMap<>();
        log.lines().map(REQUEST::matcher).filter(Matcher::find).forEach(request -> {
            String path = request.group(1);
            requests.merge(kind(path, host), 1L, Long::sum);
        });
        return requests;
    }

    private static String kind(String path, String host) {
        if (path.contains("/servers/detail")) {
            boolean ofHost = path.matches(".*[?&]host=" + Pattern.quote(host) + "(&.*)?");
            return (path.contains("changes-since") ? "changes" : "listing") + (ofHost ? "" : " of others");
        }
        if (path.contains("/servers/")) {
            return "server";
        }
        return path.contains("/flavors") ? "flavor" : "other";
    }
}
