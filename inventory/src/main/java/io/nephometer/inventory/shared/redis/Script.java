// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Redis is asked to do, each in one atomic step: the resources {@code *.lua} beside this class. */
enum Script {
    HEAD,
    HOST,
    INSTANCES,
    CATALOG,
    AMEND,
    WANT,
    TAKE_SEAT,
    LEAVE,
    SWEEP,
    ADOPT,
    RENEW(Part.FENCE),
    STAGE(Part.FENCE),
    FILL(Part.FENCE, Part.STAGING),
    UNFILL(Part.FENCE, Part.STAGING),
    UNSTAGE(Part.FENCE),
    STAGED(Part.FENCE, Part.STAGING),
    SHOWN(Part.FENCE),
    TAKE_TOUCHED(Part.FENCE, Part.STAGING),
    SHOW(Part.FENCE, Part.STAGING),
    PUT_CATALOG(Part.FENCE),
    FORGET(Part.FENCE),
    FORGET_GONE(Part.FENCE),
    REVIVE(Part.FENCE),
    RECORD(Part.FENCE),
    /** {@link #AMEND} by who holds the seat. */
    SEAT_AMEND("amend", List.of(Part.FENCE));

    /** What goes before. */
    private enum Part {
        COMMON,
        FENCE,
        STAGING
    }

    private final String text;
    private final String sha1;

    Script(Part... before) {
        this(null, List.of(before));
    }

    Script(@Nullable String file, List<Part> before) {
        StringBuilder all = new StringBuilder(resource(Part.COMMON.name()));
        before.forEach(part -> all.append(resource(part.name())));
        text = all.append(resource(file == null ? name() : file)).toString();
        sha1 = sha1(text);
    }

    /** Its source, which holds nothing that came from outside. */
    String text() {
        return text;
    }

    /** By which Redis knows it once it has seen it. */
    String sha1() {
        return sha1;
    }

    /**
     * Whether it may be run again if nobody knows whether it was run. A set that was shown cannot be shown again.
     */
    boolean isRepeatable() {
        return this != SHOW;
    }

    /** Whether it calls {@code step()}: Redis remembers that this seat has done it. */
    boolean isStep() {
        return switch (this) {
            case STAGE, FILL, UNFILL, TAKE_TOUCHED, SHOW, PUT_CATALOG, FORGET, REVIVE, RECORD, SEAT_AMEND -> true;
            case HEAD, HOST, INSTANCES, CATALOG, AMEND, WANT, TAKE_SEAT, LEAVE, SWEEP, ADOPT -> false;
            case RENEW, UNSTAGE, STAGED, SHOWN, FORGET_GONE ->
                false; // of no harm if lost, and a full Redis permits them
        };
    }

    private static String resource(String name) {
        String file = name.toLowerCase(Locale.ROOT) + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: it lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
