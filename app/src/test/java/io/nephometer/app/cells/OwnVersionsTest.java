// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnVersionsTest {
    private static final Instant B = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant E = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant NEEDED = E.plusSeconds(60);
    private static final Period HOUR = new Period(B, E);
    private static final Set<String> ASKED = Set.of("anew");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final InstanceVersion ANEW = new InstanceVersion("anew", B, B, "h1", B, null, Map.of());

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Own own = new Own();

    private static final class Own implements Inventory {
        private @Nullable Instant from = B;
        private @Nullable Instant until = NEEDED;

        @Override
        public Place place(Instant needed) {
            return new Place("primary", from, until);
        }

        @Override
        public Window window(Period period, int share, Instant needed) {
            return new Window(
                    place(needed), share == 3 ? List.of(ANEW) : List.of(), share == 3 ? List.of("anew") : List.of());
        }
    }

    private OwnVersions versions(Duration patience) {
        return new OwnVersions(own, nanos::get, patience);
    }

    private static OwnVersions.Answer ask(OwnVersions versions, Instant now) throws AuditException {
        return versions.of(HOUR, ASKED, NEEDED, now);
    }

    private static Optional<Instant> awaited(OwnVersions versions, Instant now) throws AuditException {
        return Optional.ofNullable(ask(versions, now).awaited()).map(Inventory.Place::watermark);
    }

    @Test
    void oneThatIsCompleteOfThePeriod_isBelieved() throws AuditException {
        OwnVersions.Answer answer = ask(versions(PATIENCE), NEEDED);
        assertThat(answer).isEqualTo(new OwnVersions.Answer(true, Map.of("anew", ANEW), List.of("anew"), null));
    }

    @Test
    void oneThatBeganLater_isNotWaitedFor() throws AuditException {
        own.from = B.plusNanos(1);
        own.until = E;
        assertThat(ask(versions(PATIENCE), NEEDED)).isEqualTo(OwnVersions.Answer.NOTHING);
    }

    @Test
    void oneThatNobodyKeeps_isWaitedForOnce() throws AuditException {
        own.from = null;
        own.until = null;
        OwnVersions versions = versions(PATIENCE);
        assertThat(ask(versions, NEEDED).awaited()).isEqualTo(new Inventory.Place("primary", null, null));
        nanos.addAndGet(PATIENCE.toNanos());
        assertThat(ask(versions, NEEDED)).isEqualTo(OwnVersions.Answer.NOTHING);
        assertThat(ask(versions(Duration.ZERO), NEEDED)).isEqualTo(OwnVersions.Answer.NOTHING);
        assertThat(ask(OwnVersions.none(), NEEDED)).isEqualTo(OwnVersions.Answer.NOTHING);
    }

    @Test
    void oneThatIsALittleBehind_isWaitedFor_untilItIsFarBehind() throws AuditException {
        own.until = E;
        OwnVersions impatient = versions(Duration.ZERO);
        assertThat(awaited(impatient, NEEDED)).contains(E);
        assertThat(awaited(impatient, E.plusSeconds(600))).contains(E);
        assertThat(awaited(impatient, E.plusSeconds(601))).isEmpty();
        assertThat(ask(impatient, E.plusSeconds(601))).isEqualTo(OwnVersions.Answer.NOTHING);
    }

    @Test
    void oneThatCatchesUp_isWaitedFor_asLongAsItGetsOn() throws AuditException {
        Instant late = E.plus(Duration.ofHours(3));
        own.until = B.plusSeconds(600);
        OwnVersions versions = versions(PATIENCE);
        assertThat(awaited(versions, late)).contains(B.plusSeconds(600));
        nanos.addAndGet(PATIENCE.toNanos() - 1);
        assertThat(awaited(versions, late)).isPresent();
        own.until = B.plusSeconds(1_200);
        assertThat(awaited(versions, late)).contains(B.plusSeconds(1_200));
        nanos.addAndGet(PATIENCE.toNanos() - 1);
        assertThat(awaited(versions, late)).isPresent();
        nanos.addAndGet(1);
        assertThat(awaited(versions, late)).isEmpty();
        own.until = NEEDED;
        assertThat(ask(versions, late).complete()).isTrue();
    }

    @Test
    void nobodyIsAskedWhileAllIsCertain() throws AuditException {
        Inventory away = new Inventory() {
            @Override
            public Place place(Instant needed) throws AuditException {
                throw new AuditException("away", null);
            }

            @Override
            public Window window(Period period, int share, Instant needed) throws AuditException {
                throw new AuditException("away", null);
            }
        };
        assertThat(new OwnVersions(away, nanos::get, PATIENCE).of(HOUR, Set.of(), NEEDED, NEEDED))
                .isEqualTo(OwnVersions.Answer.NOTHING);
    }
}
