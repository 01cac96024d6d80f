// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.inventory.shared.refresh.ServerLists;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.ListPage;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.api.ServiceTime;
import io.nephometer.openstack.api.ServiceType;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import io.nephometer.store.cells.CellInstance;
import io.nephometer.store.cells.CellStatus;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.cells.NovaCell.CellAnswer;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists of servers as Nova's API gives them, made of its cell databases: one cell after the other, in the order of their rows. A cell that
 * cannot be read is left out of a list to its end, and named by {@link #unreached}, as the API does it. Used by one thread.
 */
public final class CellLists implements ServerLists {
    /** As Nova itself gives at most. */
    private static final int PAGE = 1_000;

    /** Lists of changes that are read in turns. */
    private static final int LISTS = 8;

    private final Cells cells;
    private final CellServers servers;

    private final Map<ServerQuery, Reading> changes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServerQuery, Reading> eldest) {
            return size() > LISTS;
        }
    };

    /** The list of everything, which may take an hour, while any number of lists of changes are read. */
    private @Nullable Reading everything;

    private boolean changesWhole = true;

    public CellLists(Cells cells, CellServers servers) {
        this.cells = cells;
        this.servers = servers;
    }

    /**
     * A list on its way.
     *
     * @param complete each page of it lacks nothing that is older
     * @param leftOut cells that could not be read
     */
    private record Reading(Instant complete, Set<String> leftOut) {}

    /** Where a page begins: behind a row of a cell. */
    private record Begin(int cell, long row) {}

    @Override
    public ListPage page(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
        String after = query.after();
        ServerQuery list = whole(query);
        Reading reading = after == null ? null : isOfAll(list) ? everything : changes.get(list);
        if (reading == null) {
            reading = begin(list);
        }
        Begin begin = after == null ? new Begin(0, 0) : behind(after);
        int most = query.pageSize() == null ? PAGE : Math.min(PAGE, query.pageSize());
        return page(list, reading, begin, most, each);
    }

    private static boolean isOfAll(ServerQuery list) {
        return list.changedSince() == null;
    }

    private static ServerQuery whole(ServerQuery query) {
        return new ServerQuery(
                query.allProjects(),
                query.host(),
                query.changedSince(),
                query.changedBefore(),
                query.deleted(),
                query.status(),
                query.projectId(),
                query.pageSize(),
                null);
    }

    private Reading begin(ServerQuery list) throws ApiException {
        Instant complete = null;
        Set<String> leftOut = new TreeSet<>();
        for (NovaCell cell : cells.all()) {
            try {
                Instant one = cells.complete(cell);
                complete = complete == null || one.isBefore(complete) ? one : complete;
            } catch (LedgerException _) {
                leftOut.add(cell.name());
            }
        }
        if (complete == null) {
            throw unreachable("servers/detail", "no cell database can be read: " + troubles());
        }
        Reading reading = new Reading(complete, leftOut);
        if (isOfAll(list)) {
            everything = reading;
        } else {
            changes.put(list, reading);
            changesWhole = leftOut.isEmpty();
        }
        return reading;
    }

    private ListPage page(ServerQuery list, Reading reading, Begin begin, int most, Consumer<Server> each)
            throws ApiException {
        long row = begin.row();
        for (int i = begin.cell(); i < cells.all().size(); i++) {
            NovaCell cell = cells.all().get(i);
            List<CellInstance> rows =
                    reading.leftOut().contains(cell.name()) ? List.of() : rows(cell, list, reading, row, most);
            boolean full = rows.size() == most;
            if (!rows.isEmpty()) {
                rows.forEach(instance -> each.accept(servers.of(instance)));
                return listed(rows.size(), reading, full || i + 1 < cells.all().size());
            }
            row = 0;
        }
        if (reading.leftOut().size() == cells.all().size()) {
            throw unreachable("servers/detail", "no cell database can be read: " + troubles());
        }
        return listed(0, reading, false);
    }

    private static ListPage listed(int entries, Reading reading, boolean more) {
        return new ListPage(entries, new ServiceTime(reading.complete().truncatedTo(ChronoUnit.SECONDS), true), more);
    }

    /** None of a cell that fails now: it is left out from here on. */
    private List<CellInstance> rows(NovaCell cell, ServerQuery list, Reading reading, long row, int most) {
        Instant since = list.changedSince();
        Instant before = list.changedBefore();
        try {
            CellAnswer<List<CellInstance>> answer = cells.readUpTo(
                    cell,
                    reading.complete(),
                    view -> since == null
                            ? view.all(row, most)
                            : view.changes(seconds(since), before == null ? null : seconds(before), row, most));
            return answer.value();
        } catch (LedgerException _) {
            reading.leftOut().add(cell.name());
            changesWhole &= isOfAll(list);
            return List.of();
        }
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Begin behind(String id) throws ApiException {
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < cells.all().size(); i++) {
            Optional<CellInstance> found = find(cells.all().get(i), id, silent);
            if (found.isPresent()) {
                return new Begin(i, found.get().id());
            }
        }
        requireNobodySilent("servers/detail", silent);
        throw new ApiException(
                ApiFailure.REFUSED_QUERY,
                ServiceType.COMPUTE,
                "servers/detail",
                0,
                null,
                "no cell database has the server " + id,
                null);
    }

    /**
     * What a cell has under an id.
     *
     * @param silent gets why this cell says nothing, if it was not asked or does not answer: that is no answer that there is none
     */
    private Optional<CellInstance> find(NovaCell cell, String id, List<String> silent) {
        try {
            return cells.read(cell, view -> view.instance(id)).value().stream().findFirst();
        } catch (LedgerException e) {
            silent.add(cell.name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void requireNobodySilent(String path, List<String> silent) throws ApiException {
        if (!silent.isEmpty()) {
            throw unreachable(path, "it may be in a cell that says nothing now: " + String.join("; ", silent));
        }
    }

    @Override
    public Optional<Server> server(String id, Reason reason) throws ApiException {
        List<String> silent = new ArrayList<>();
        for (NovaCell cell : cells.all()) {
            Optional<CellInstance> found = find(cell, id, silent);
            if (found.isPresent() && !found.get().isDeleted()) {
                return Optional.of(servers.of(found.get()));
            }
        }
        requireNobodySilent("servers/" + id, silent);
        return Optional.empty();
    }

    /** Cells, not hosts: a database that cannot be read does not tell those. */
    @Override
    public Optional<Set<String>> unreached(Reason reason) {
        return Optional.of(named(cells.look().stream()
                .filter(status -> status.trouble() != null)
                .map(CellStatus::cell)
                .toList()));
    }

    private static Set<String> named(Collection<String> cells) {
        return cells.stream().map(cell -> "cell " + cell).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public boolean asksNova() {
        return false;
    }

    /** Whether the last list of changes had all cells to its end. */
    boolean hadAllChanges() {
        return changesWhole;
    }

    @Override
    public Set<String> leftOut() {
        return everything == null ? Set.of() : named(everything.leftOut());
    }

    private String troubles() {
        return String.join(
                "; ",
                cells.all().stream()
                        .map(NovaCell::status)
                        .map(status -> status.trouble() == null
                                ? null
                                : status.cell() + " is " + status.state() + " ("
                                        + status.trouble().detail() + ")")
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static ApiException unreachable(String path, String detail) {
        return new ApiException(ApiFailure.UNREACHABLE, ServiceType.COMPUTE, path, 0, null, detail, null);
    }
}
