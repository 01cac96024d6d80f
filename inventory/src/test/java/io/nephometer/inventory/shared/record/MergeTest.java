// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import static io.nephometer.inventory.shared.record.Specimens.NOON;
import static io.nephometer.inventory.shared.record.Specimens.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nephometer.inventory.shared.record.Verdict.Why;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, one a line: what is known, what is seen, what comes of it. Times are seconds after noon. */
class MergeTest {
    private static final String OLD = "old";
    private static final String NEW = "new";

    private static Instant at(double second) {
        return NOON.plusMillis(Math.round(second * 1000));
    }

    /** Known by the API: changed at noon, told so ten seconds later. */
    private static Knowledge byApi() {
        return here(0, 10, Teller.API);
    }

    /** Known by an event of 30.5 s after noon. */
    private static Knowledge byEvent() {
        return here(30.5, 30.5, Teller.EVENT);
    }

    private static Knowledge here(double changed, double told, Teller by) {
        return new Knowledge.Here(CachedInstance.first(running(NOON, OLD), at(changed), at(told), by));
    }

    private static Knowledge missing() {
        return new Knowledge.Here(
                CachedInstance.first(running(NOON, OLD), NOON, NOON, Teller.API).missing(NOON));
    }

    private static Observation answer(String name, double updated, double told) {
        return new Observation.Answer(running(at(updated), name), at(told));
    }

    private static Observation listed(String name, double updated, double told) {
        return new Observation.Listed(running(at(updated), name), at(told));
    }

    private static Observation event(String name, double time) {
        return new Observation.Event(running(null, name), EnumSet.of(ServerField.NAME), at(time));
    }

    private static Observation.Answer told(String status, double told) {
        return new Observation.Answer(Specimens.bare(status), at(told));
    }

    private static Observation.Listed list(String status, double told) {
        return new Observation.Listed(Specimens.bare(status), at(told));
    }

    /** An event that tells so much that the instance may be held. */
    private static Observation creation() {
        return new Observation.Event(
                running(null, NEW),
                EnumSet.of(
                        ServerField.NAME,
                        ServerField.STATUS,
                        ServerField.VM_STATE,
                        ServerField.HOST,
                        ServerField.PROJECT),
                at(5));
    }

    static Stream<Arguments> rules() {
        return Stream.of(unknownOrGone(), answers(), answersAfterEvents(), wholeReadings(), events())
                .flatMap(rules -> rules);
    }

    private static Stream<Arguments> unknownOrGone() {
        Knowledge nothing = new Knowledge.Nothing(null);
        Knowledge garbage = new Knowledge.Unreadable("garbage");
        Knowledge gone = new Knowledge.Gone(NOON, null);
        return Stream.of(
                argumentSet("nothing known: an answer is taken", nothing, answer(NEW, 0, 10), NEW),
                argumentSet("nothing known: an event that tells enough is taken", nothing, creation(), NEW),
                argumentSet("nothing known: an event that tells little is not", nothing, event(NEW, 5), Why.PARTIAL),
                argumentSet("nothing known: a record of a down cell is not", nothing, told("UNKNOWN", 5), Why.PARTIAL),
                argumentSet("nothing known: the same in a whole reading", nothing, list("UNKNOWN", 5), Why.PARTIAL),
                argumentSet("nothing known: a deletion is remembered", nothing, told("DELETED", 5), at(5)),
                argumentSet(
                        "nothing known: so is one by an event",
                        nothing,
                        new Observation.Deletion("id-1", at(4)),
                        at(4)),
                argumentSet("garbage: an answer replaces it", garbage, answer(NEW, 0, 10), NEW),
                argumentSet("gone: an answer does not bring it back", gone, answer(NEW, 50, 60), Why.GONE),
                argumentSet("gone: nor a whole reading within the overlap", gone, listed(NEW, 50, 120), Why.GONE),
                argumentSet("gone: a whole reading long after does", gone, listed(NEW, 50, 120.001), NEW),
                argumentSet("gone: but not by a record of a down cell", gone, list("UNKNOWN", 600), Why.GONE),
                argumentSet("gone: nor if it says the same", gone, list("DELETED", 600), Why.GONE),
                argumentSet("gone: nor a list of changes, however late", gone, answer(NEW, 50, 600), Why.GONE),
                argumentSet(
                        "unknown to a whole reading: an event of before it", notRead(125.001), creation(), Why.STALE),
                argumentSet("unknown to a whole reading: an event within the overlap", notRead(125), creation(), NEW),
                argumentSet("gone: nor an event", gone, creation(), Why.GONE),
                argumentSet("gone: a second deletion says nothing new", gone, told("DELETED", 60), Why.GONE));
    }

    /** Not known after a whole reading that began then. */
    private static Knowledge notRead(double since) {
        return new Knowledge.Nothing(at(since));
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                argumentSet("answer: changed later", byApi(), answer(NEW, 1, 11), NEW),
                argumentSet("answer: the same", byApi(), answer(OLD, 0, 70), Why.SAME),
                argumentSet("answer: the same of one that was missing", missing(), answer(OLD, 0, 70), OLD),
                argumentSet("answer: changed at the same second, told later", byApi(), answer(NEW, 0, 11), NEW),
                argumentSet("answer: changed at the same second, told earlier", byApi(), answer(NEW, 0, 9), Why.STALE),
                argumentSet("answer: changed earlier, told soon after", byApi(), answer(NEW, -1, 11), Why.STALE),
                argumentSet("answer: … just within the overlap", byApi(), answer(NEW, -1, 119), Why.STALE),
                argumentSet("answer: … told so late that the API knows better", byApi(), answer(NEW, -1, 120), NEW),
                argumentSet(
                        "answer: known is as far ahead as clocks may be apart",
                        here(120, 120, Teller.API),
                        answer(NEW, -1, 0),
                        Why.STALE),
                argumentSet(
                        "answer: known is of Nova's future, its clock was set back",
                        here(121, 121, Teller.API),
                        answer(NEW, -1, 0),
                        NEW),
                argumentSet(
                        "answer: a record of a down cell erases nothing", byApi(), told("UNKNOWN", 600), Why.PARTIAL),
                argumentSet("answer: deleted, however old", byApi(), told("DELETED", -50), at(-50)),
                argumentSet(
                        "answer: a time of change is not told",
                        byApi(),
                        new Observation.Answer(running(null, NEW), at(11)),
                        NEW));
    }

    private static Stream<Arguments> answersAfterEvents() {
        return Stream.of(
                argumentSet(
                        "answer after an event: asked in its second, before it",
                        byEvent(),
                        answer(NEW, 30, 30),
                        Why.STALE),
                argumentSet("answer after an event: asked in the next second", byEvent(), answer(NEW, 30, 31), NEW),
                argumentSet("answer after an event: changed before it", byEvent(), answer(NEW, 29, 149), Why.STALE),
                argumentSet("answer after an event: … and asked long after it", byEvent(), answer(NEW, 29, 150), NEW),
                argumentSet("answer after an event: changed after it", byEvent(), answer(NEW, 31, 31), NEW));
    }

    private static Stream<Arguments> wholeReadings() {
        return Stream.of(
                argumentSet("whole reading: heals what changed without a new time", byApi(), listed(NEW, 0, 11), NEW),
                argumentSet("whole reading: heals against the times", byApi(), listed(NEW, -1, 11), NEW),
                argumentSet("whole reading: the same is told anew", byApi(), listed(OLD, 0, 70), OLD),
                argumentSet("whole reading: its page was asked for before", byEvent(), listed(NEW, 40, 30), Why.STALE),
                argumentSet(
                        "whole reading: known is of Nova's future", here(0, 200, Teller.API), listed(NEW, 0, 11), NEW),
                argumentSet(
                        "whole reading: a record of a down cell erases nothing",
                        byApi(),
                        list("UNKNOWN", 600),
                        Why.PARTIAL),
                argumentSet("whole reading: deleted", byApi(), list("DELETED", 60), at(60)));
    }

    private static Stream<Arguments> events() {
        return Stream.of(
                argumentSet("event after an event: later", byEvent(), event(NEW, 31), NEW),
                argumentSet("event after an event: earlier", byEvent(), event(NEW, 30.4), Why.STALE),
                argumentSet("event after an event: of the same moment", byEvent(), event(NEW, 30.5), NEW),
                argumentSet("event after an event: the same again", byEvent(), event(OLD, 30.5), Why.SAME),
                argumentSet("event after an answer: later", byApi(), event(NEW, 11), NEW),
                argumentSet(
                        "event after an answer: told later than the answer was asked, changed before",
                        byApi(),
                        event(NEW, 5),
                        NEW),
                argumentSet("event after an answer: of the second of its change", byApi(), event(NEW, 0.2), NEW),
                argumentSet("event after an answer: of an earlier second", byApi(), event(NEW, -0.1), Why.STALE),
                argumentSet(
                        "event after an answer that was asked within the overlap",
                        here(0, 119, Teller.API),
                        event(NEW, 0),
                        NEW),
                argumentSet(
                        "event after an answer that was asked long after it",
                        here(0, 120, Teller.API),
                        event(NEW, 0),
                        Why.STALE),
                argumentSet(
                        "deletion by an event, however old",
                        byEvent(),
                        new Observation.Deletion("id-1", at(-99)),
                        at(-99)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule(Knowledge known, Observation seen, Object expected) {
        Verdict verdict = Merge.of(known, seen);
        switch (verdict) {
            case Verdict.Put(CachedInstance put) ->
                assertThat(put.server().name()).isEqualTo(expected);
            case Verdict.Delete(Instant when) -> assertThat(when).isEqualTo(expected);
            case Verdict.Keep(Why why) -> assertThat(why).isEqualTo(expected);
        }
    }

    private static CachedInstance put(Knowledge known, Observation seen) {
        assertThat(Merge.of(known, seen)).isInstanceOf(Verdict.Put.class);
        return ((Verdict.Put) Merge.of(known, seen)).instance();
    }

    @Test
    void event_erasesNothingThatItDoesNotTell() {
        Knowledge full = new Knowledge.Here(CachedInstance.first(Specimens.full(), NOON, NOON, Teller.API));
        Server told = Specimens.bare("SHUTOFF");
        Server now = put(full, new Observation.Event(told, EnumSet.of(ServerField.STATUS), at(9)))
                .server();
        assertThat(now).isEqualTo(ServerField.overlay(Specimens.full(), told, Set.of(ServerField.STATUS)));
        assertThat(now.status()).isEqualTo("SHUTOFF");
        assertThat(now.metadata()).isEqualTo(Specimens.full().metadata());
        assertThat(now.flavor()).isEqualTo(Specimens.full().flavor());
    }

    @Test
    void event_thatTellsNull_isBelieved() {
        Knowledge full = new Knowledge.Here(CachedInstance.first(Specimens.full(), NOON, NOON, Teller.API));
        Set<ServerField> told = EnumSet.of(ServerField.TASK_STATE, ServerField.METADATA);
        Server now = put(full, new Observation.Event(Specimens.bare("x"), told, at(9)))
                .server();
        assertThat(now.taskState()).isNull();
        assertThat(now.metadata()).isEmpty();
        assertThat(now.status()).isEqualTo("ACTIVE");
    }

    @Test
    void everyField_canBeTold() {
        Server all = ServerField.overlay(running(null, OLD), Specimens.full(), EnumSet.allOf(ServerField.class));
        assertThat(all).isEqualTo(Specimens.full());
    }

    @Test
    void idAndExtraSpecsOfAFlavor_stayWhileItIsTheSame() {
        Server named = running(NOON, OLD).withFlavor(Specimens.SMALL.withId("7"));
        Knowledge known = new Knowledge.Here(CachedInstance.first(named, NOON, NOON, Teller.API));
        Server same = running(at(9), NEW).withFlavor(Specimens.SMALL.withExtraSpecs(Map.of()));
        Server other = running(at(9), NEW).withFlavor(Specimens.LARGE);
        assertThat(put(known, new Observation.Answer(same, at(9))).server().flavor())
                .isEqualTo(Specimens.SMALL.withId("7"));
        assertThat(put(known, new Observation.Answer(other, at(9))).server().flavor())
                .isEqualTo(Specimens.LARGE);
    }

    @Test
    void whoTells_isRemembered() {
        assertThat(put(byApi(), event(NEW, 11))).satisfies(now -> {
            assertThat(now.by()).isEqualTo(Teller.EVENT);
            assertThat(now.told()).isEqualTo(at(11));
            assertThat(now.changed()).isEqualTo(at(11));
        });
        assertThat(put(byEvent(), answer(NEW, 40, 45))).satisfies(now -> {
            assertThat(now.by()).isEqualTo(Teller.API);
            assertThat(now.told()).isEqualTo(at(45));
            assertThat(now.changed()).isEqualTo(at(40));
        });
    }

    @Test
    void whatWasBefore_isKnownForAnHour() {
        CachedInstance renamed = put(byApi(), answer(NEW, 60, 70));
        assertThat(renamed.at(at(59)).name()).isEqualTo(OLD);
        assertThat(renamed.at(at(60)).name()).isEqualTo(NEW);
        CachedInstance later = put(new Knowledge.Here(renamed), listed(NEW, 60, 3659));
        assertThat(later.at(at(59)).name()).isEqualTo(OLD);
        CachedInstance muchLater = put(new Knowledge.Here(renamed), listed(NEW, 60, 3660));
        assertThat(muchLater.earlier()).isEmpty();
        CachedInstance longAfter = put(byApi(), answer(NEW, 60, 3660));
        assertThat(longAfter.earlier()).isEmpty();
    }

    @Test
    void afterSeveralChanges_eachMomentHasItsOwnState() {
        Knowledge now = byApi();
        for (int change = 1; change <= 10; change++) {
            now = new Knowledge.Here(put(now, event("name " + change, change * 60)));
        }
        CachedInstance last = ((Knowledge.Here) now).instance();
        assertThat(last.at(at(59)).name()).isEqualTo(OLD);
        for (int change = 1; change <= 10; change++) {
            assertThat(last.at(at(change * 60)).name()).isEqualTo("name " + change);
            assertThat(last.at(at(change * 60 + 59)).name()).isEqualTo("name " + change);
        }
        assertThat(last.since()).isEqualTo(NOON);
    }

    @Test
    void beforeTheOldestState_itIsSaidThatNobodyKnows() {
        Knowledge now = byApi();
        for (int change = 1; change <= CachedInstance.MOST + 3; change++) {
            now = new Knowledge.Here(put(now, event("name " + change, change * 60)));
        }
        CachedInstance last = ((Knowledge.Here) now).instance();
        assertThat(last.earlier()).hasSize(CachedInstance.MOST);
        assertThat(last.since()).isEqualTo(at(3 * 60));
        assertThat(last.at(at(10)).name()).as("as soon after as is known").isEqualTo("name 3");

        CachedInstance afterAnHour = put(now, event("much later", 3600 + 10 * 60));
        assertThat(afterAnHour.since()).isEqualTo(at(10 * 60));
        assertThat(afterAnHour.earlier().getFirst().server().name()).isEqualTo("name 10");
    }

    @Test
    void answerThatOnlyCompletesAnEvent_keepsWhatWasBeforeIt() {
        CachedInstance renamed = put(byApi(), event(NEW, 60.5));
        CachedInstance completed = put(new Knowledge.Here(renamed), answer(NEW, 61, 70));
        assertThat(completed.changed()).isEqualTo(at(60.5));
        assertThat(completed.at(at(60)).name()).isEqualTo(OLD);
        assertThat(completed.server().updated()).isEqualTo(at(61));
    }

    @Test
    void whateverTheOrder_theLaterStays() {
        List<Observation> seen =
                List.of(answer("a", 10, 12), event("b", 20.1), event("c", 21.3), answer("d", 40, 45), event("e", 60.9));
        for (List<Observation> order : permutations(seen)) {
            Knowledge now = byApi();
            for (Observation one : order) {
                now = Merge.of(now, one) instanceof Verdict.Put(CachedInstance put) ? new Knowledge.Here(put) : now;
            }
            assertThat(((Knowledge.Here) now).instance().server().name())
                    .as("after %s", order)
                    .isEqualTo("e");
        }
    }

    private static List<List<Observation>> permutations(List<Observation> all) {
        return all.size() < 2
                ? List.of(all)
                : all.stream()
                        .flatMap(first -> permutations(without(all, first)).stream()
                                .map(rest -> Stream.concat(Stream.of(first), rest.stream())
                                        .toList()))
                        .toList();
    }

    private static List<Observation> without(List<Observation> all, Observation one) {
        return all.stream().filter(other -> !other.equals(one)).toList();
    }
}
