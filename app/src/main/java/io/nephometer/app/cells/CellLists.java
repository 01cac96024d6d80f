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
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.cells.NovaCell.CellAnswer;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists of servers as Nova's API gives them, made of its cell databases: one cell after the other, in the order of their rows. A cell that
 * cannot be read is left out of a list to its end, and named by {@link #unreached}, as the API does it. Used by one thread.
 */
public final class CellLists implements ServerLists {
    /** As Nova itself gives at most. */
    private static final int PAGE = 1_000;

    /** Lists that are read in turns. */
    private static final int LISTS = 8;

    private final Cells cells;
    private final CellServers servers;

    private final Map<ServerQuery, Reading> readings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServerQuery, Reading> eldest) {
            return size() > LISTS;
        }
    };

    private boolean changesWhole = true;
    private boolean allWhole = true;

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
        Reading reading = after == null ? null : readings.get(list);
        if (reading == null) {
            reading = begin(list);
        }
        Begin begin = after == null ? new Begin(0, 0) : behind(after);
        int most = query.pageSize() == null ? PAGE : Math.min(PAGE, query.pageSize());
        return page(list, reading, begin, most, each);
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
        readings.put(list, reading);
        note(list, reading);
        return reading;
    }

    private void note(ServerQuery list, Reading reading) {
        if (list.changedSince() == null) {
            allWhole = reading.leftOut().isEmpty();
        } else {
            changesWhole = reading.leftOut().isEmpty();
        }
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
            note(list, reading);
            return List.of();
        }
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private Begin behind(String id) throws ApiException {
        for (int i = 0; i < cells.all().size(); i++) {
            @Nullable CellInstance found = find(cells.all().get(i), id);
            if (found != null) {
                return new Begin(i, found.id());
            }
        }
        throw new ApiException(
                ApiFailure.REFUSED_QUERY,
                ServiceType.COMPUTE,
                "servers/detail",
                0,
                null,
                "no cell database that can be read has the server " + id,
                null);
    }

    private @Nullable CellInstance find(NovaCell cell, String id) {
        try {
            return cells.read(cell, view -> view.instance(id)).value().stream()
                    .findFirst()
                    .orElse(null);
        } catch (LedgerException _) {
            return null;
        }
    }

    @Override
    public Optional<Server> server(String id, Reason reason) throws ApiException {
        for (NovaCell cell : cells.all()) {
            CellInstance found = find(cell, id);
            if (found != null && !found.isDeleted()) {
                return Optional.of(servers.of(found));
            }
        }
        if (cells.all().stream().anyMatch(cell -> cell.status().trouble() != null)) {
            throw unreachable("servers/" + id, "it may be in a cell that cannot be read: " + troubles());
        }
        return Optional.empty();
    }

    /** Cells, not hosts: a database that cannot be read does not tell those. */
    @Override
    public Optional<Set<String>> unreached(Reason reason) {
        Set<String> names = new TreeSet<>();
        cells.look().stream()
                .filter(status -> status.trouble() != null)
                .forEach(status -> names.add("cell " + status.cell()));
        return Optional.of(names);
    }

    @Override
    public boolean asksNova() {
        return false;
    }

    /** Whether the last list of changes had all cells to its end. */
    boolean hadAllChanges() {
        return changesWhole;
    }

    /** Whether the last list of everything had all cells to its end. */
    boolean hadAll() {
        return allWhole;
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
