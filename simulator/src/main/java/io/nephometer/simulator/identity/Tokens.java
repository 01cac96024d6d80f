// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.simulator.cloud.Ids;
import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.User;
import io.nephometer.simulator.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that are valid. Thread-safe. */
public final class Tokens {
    private final Ids ids;
    private final InstantSource clock;
    private final Duration lifetime;

    @GuardedBy("this") private final Map<String, Session> valid = new HashMap<>();

    @GuardedBy("this") private long issued;

    /** @param clock of the controllers */
    public Tokens(Ids ids, InstantSource clock, Duration lifetime) {
        this.ids = ids;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    synchronized String issue(User user, @Nullable Project project, String method) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        valid.values().removeIf(session -> !session.expires().isAfter(now));
        String number = Long.toString(++issued);
        String token = "gAAAAAB" + ids.hex("token/" + number) + ids.hex("token-tail/" + number);
        String auditId = ids.hex("audit/" + number).substring(0, 22);
        valid.put(token, new Session(user, project, method, auditId, now, now.plus(lifetime)));
        return token;
    }

    /** What a token stands for, if it is valid. */
    public synchronized Optional<Session> find(String token) {
        Instant now = clock.instant();
        return Optional.ofNullable(valid.get(token))
                .filter(session -> session.expires().isAfter(now));
    }

    /** The session of a request by its {@code X-Auth-Token}. */
    public Optional<Session> of(Request request) {
        return request.header("X-Auth-Token").flatMap(this::find);
    }

    synchronized boolean revoke(String token) {
        return valid.remove(token) != null;
    }

    /** Makes all tokens invalid before their time. */
    public synchronized void revokeAll() {
        valid.clear();
    }
}
