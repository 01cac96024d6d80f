// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.cells.CellView.Seen;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.MariaDbProbe;
import io.nephometer.store.replica.MariaDbProbe.Landmarks;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RouterParts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One cell database with its replicas: where each read went, up to when its answer is complete, and how the cell stands. Thread-safe. */
public final class NovaCell implements AutoCloseable {
    /**
     * The oldest services tell one deployment from another. What they say of when they were heard of is written on the primary every ten
     * seconds by each of them, and comes to replicas with all that was committed before. The times begin before the middle one, so that it is
     * the second that counts: as long as fewer than half of the clocks are ahead, none of them makes a replica younger than it is.
     */
    static final Landmarks LANDMARKS = new Landmarks(
            "SELECT concat('services ', group_concat(s.uuid ORDER BY s.id))"
                    + " FROM (SELECT id, uuid FROM services ORDER BY id LIMIT 3) s",
            "SELECT seen FROM (SELECT timestampdiff(MICROSECOND, '1970-01-01', last_seen_up) AS seen,"
                    + " row_number() OVER (ORDER BY last_seen_up DESC) AS place, count(id) OVER () AS services"
                    + " FROM services WHERE deleted = 0 AND last_seen_up IS NOT NULL) s"
                    + " WHERE place >= services DIV 2 ORDER BY seen DESC LIMIT 2");

    /** What clocks may be apart. An answer is complete up to a time of the database's clock, and periods end by ours. */
    static final Duration APART = Duration.ofSeconds(5);

    private final String name;
    private final ReplicaRouter<CellView> router;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private CellStatus status;

    NovaCell(String name, ReplicaRouter<CellView> router, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.router = router;
        this.status = new CellStatus(name, null, null, null, List.of());
    }

    /** A cell that nobody was asked of yet. */
    public static NovaCell of(CellSettings settings, InstantSource clock, Ticker ticker, RouterObserver observer) {
        RouterParts<CellView> parts = new RouterParts<>(
                server(settings, settings.url(), false, ticker),
                settings.replicas().stream()
                        .map(replica -> server(settings, replica, true, ticker))
                        .toList(),
                settings.routing());
        return new NovaCell(settings.name(), parts.router(clock, ticker, observer), clock);
    }

    private static RouterParts.Server<CellView> server(
            CellSettings cell, StoreUrl.MariaDb url, boolean replica, Ticker ticker) {
        LedgerOptions usual = LedgerOptions.DEFAULTS;
        LedgerOptions options = new LedgerOptions(
                usual.lockTimeout(),
                cell.statementTimeout(),
                usual.readTimeout(),
                cell.connectTimeout(),
                1,
                cell.connections(),
                usual.maxMembers(),
                usual.probe());
        MariaDbServer server = new MariaDbServer(url, options);
        return new RouterParts.Server<>(
                url.toString(),
                () -> new CellView(
                        ticker,
                        cell.name() + " (" + url + ")",
                        server.looking(
                                "cell " + cell.name() + (replica ? " replica" : ""),
                                cell.statementTimeout().plusSeconds(1),
                                cell.statementTimeout(),
                                cell.connections())),
                () -> new MariaDbProbe(server.probing(cell.routing().silence()), LANDMARKS));
    }

    public String name() {
        return name;
    }

    /** Where reads go. */
    public ReplicaRouter<CellView> router() {
        return router;
    }

    /** Begins to ask its servers how they stand, if there are replicas. */
    public void start() {
        router.start();
    }

    /**
     * An answer.
     *
     * @param complete everything that was committed on the primary until then, by its clock, is in it
     * @param source who gave it, for people
     * @param <T> what was asked for
     */
    public record CellAnswer<T>(T value, Instant complete, String source) {}

    /**
     * Asks whoever is proven to have everything up to a moment: a replica, else by {@code fallback} the database itself.
     *
     * @throws LedgerException if nobody answers, or nobody may; {@link #status} then says why
     */
    public <T> CellAnswer<T> readUpTo(Instant needed, Fallback fallback, Function<CellView, Seen<T>> question) {
        return read(new ReadIntent.Watermark(needed), fallback, question);
    }

    /** Asks the database itself. */
    public <T> CellAnswer<T> readPrimary(Function<CellView, Seen<T>> question) {
        return read(ReadIntent.PRIMARY, Fallback.PRIMARY, question);
    }

    /** Asks whoever lacks nothing older than the bound of the intent. */
    public <T> CellAnswer<T> read(ReadIntent intent, Fallback fallback, Function<CellView, Seen<T>> question) {
        try {
            Instant before = clock.instant();
            return switch (router.read(intent, fallback, question)) {
                case Routed.Answer<Seen<T>> answer -> {
                    requireAlike(before, answer.route());
                    yield checked(before, answered(answer));
                }
                case Routed.NotNow<Seen<T>> refused ->
                    throw new LedgerException(
                            LedgerException.Kind.UNREACHABLE,
                            "nothing was read of the cell " + name + ": "
                                    + refused.route().detail() + " ("
                                    + refused.route().reason().label() + ")");
            };
        } catch (LedgerException e) {
            if (e.getCause() != null) {
                note(new CellStatus(name, null, CellException.of(e), status().clock(), status().lacking()));
            }
            throw e;
        }
    }

    /** What is complete up to a time that has not come is not known to be complete of anything; nor is what a clock says that is behind. */
    private <T> CellAnswer<T> checked(Instant before, CellAnswer<T> answer) {
        Instant now = clock.instant();
        boolean isAhead = answer.complete().isAfter(now.plus(APART));
        boolean isBehind = answer.source().equals(source()) && answer.complete().isBefore(before.minus(APART));
        if (!isAhead && !isBehind) {
            return answer;
        }
        throw differs("its database", Duration.between(isAhead ? now : before, answer.complete()));
    }

    /**
     * A replica is complete up to a time of its primary's clock, which says nothing of our time if that is another one. How long ago the
     * same was by our ticker is known, too.
     */
    private void requireAlike(Instant before, ReadRoute route) {
        Instant proven = route.watermark();
        Duration staleness = route.staleness();
        if (proven == null || staleness == null) {
            return;
        }
        Duration ahead = Duration.between(before.minus(staleness), proven);
        if (ahead.abs().compareTo(APART) > 0) {
            throw differs("the primary of its replica " + route.server(), ahead);
        }
    }

    private LedgerException differs(String whose, Duration ahead) {
        String detail = "the clock of " + whose + " is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " ours: let both follow the same time server";
        return new LedgerException(
                LedgerException.Kind.FAILED,
                "the cell database " + name + ": " + detail,
                new CellException(new CellTrouble(CellTrouble.Reason.CLOCK_DIFFERS, detail), null));
    }

    private String source() {
        return "cell " + name;
    }

    private <T> CellAnswer<T> answered(Routed.Answer<Seen<T>> answer) {
        Instant seen = answer.value().clock();
        String server = answer.route().server();
        note(new CellStatus(name, server, null, seen, status().lacking()));
        return switch (answer.route().target()) {
            case PRIMARY, NOBODY -> new CellAnswer<>(answer.value().value(), seen, source());
            case REPLICA, STALE_REPLICA -> {
                Instant proven = answer.route().watermark();
                yield new CellAnswer<>(
                        answer.value().value(),
                        proven == null ? Instant.EPOCH : proven,
                        source() + ", replica " + server);
            }
        };
    }

    /** The latest moment up to which a replica that may be read lacks nothing, by the primary's clock; empty if none is proven to. */
    public Optional<Instant> watermark() {
        return router.watermark();
    }

    /** Asks now whether it can be read. */
    public CellStatus look(ReadIntent intent, Fallback fallback) {
        try {
            List<String> lacking = read(intent, fallback, CellView::look).value();
            CellStatus now = status();
            note(new CellStatus(name, now.server(), now.trouble(), now.clock(), lacking));
        } catch (LedgerException e) {
            if (e.getCause() == null) {
                note(new CellStatus(
                        name,
                        null,
                        new CellTrouble(CellTrouble.Reason.UNREACHABLE, String.valueOf(e.getMessage())),
                        status().clock(),
                        status().lacking()));
            }
        }
        return status();
    }

    /** As the last read found it. */
    public CellStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    private void note(@Nullable CellStatus now) {
        lock.lock();
        try {
            status = now == null ? status : now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        router.close();
    }
}
