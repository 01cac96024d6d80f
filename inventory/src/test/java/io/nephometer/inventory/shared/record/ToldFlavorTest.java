// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import static io.nephometer.inventory.shared.record.Specimens.LARGE;
import static io.nephometer.inventory.shared.record.Specimens.NOON;
import static io.nephometer.inventory.shared.record.Specimens.SMALL;
import static io.nephometer.inventory.shared.record.Specimens.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the id of a flavor that notifications told: one after another, as the cache writes and reads it in between. */
class ToldFlavorTest {
    private static final Set<ServerField> ALL =
            EnumSet.complementOf(EnumSet.of(ServerField.UPDATED, ServerField.INSTANCE_NAME));

    /** As {@link Specimens#full} has it. */
    private static final String ID = "flavor-1";

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    /** As Nova's API tells it: embedded, with an id if the refresher found one in its list of flavors. */
    private static Observation api(Flavor flavor, int second) {
        return new Observation.Answer(running(at(second), "name " + second).withFlavor(flavor), at(second));
    }

    private static Observation whole(Flavor flavor, int second) {
        return new Observation.Listed(running(at(second), "name " + second).withFlavor(flavor), at(second));
    }

    /** As before microversion 2.47: by its id alone. */
    private static Observation apiById(int second) {
        return new Observation.Answer(byId(second), at(second));
    }

    private static Observation legacy(Flavor flavor, int second) {
        return new Observation.Event(byId(second), ALL, ToldFlavor.of(flavor.withId(ID)), at(second));
    }

    private static Observation versioned(String id, Flavor flavor, int second) {
        Server server = running(null, "name " + second).withFlavor(flavor.withId(id));
        return new Observation.Event(server, ALL, at(second));
    }

    private static Observation renamed(int second) {
        return new Observation.Event(running(null, "renamed"), EnumSet.of(ServerField.NAME), at(second));
    }

    private static Server byId(int second) {
        Server id = Specimens.full().withFlavor(null);
        return ServerField.overlay(running(at(second), "name " + second), id, EnumSet.of(ServerField.FLAVOR));
    }

    static Stream<Arguments> stories() {
        Flavor grown = new Flavor(null, SMALL.name(), 2, 4096, 20, 0, 0, SMALL.extraSpecs());
        Flavor swapped = new Flavor(null, SMALL.name(), 1, 2048, 20, 0, 512, SMALL.extraSpecs());
        Flavor known = SMALL.withId(ID);
        return Stream.of(
                argumentSet("told first, then embedded without it", known, List.of(legacy(SMALL, 1), api(SMALL, 5))),
                argumentSet("… in a whole reading", known, List.of(legacy(SMALL, 1), whole(SMALL, 5))),
                argumentSet(
                        "… in both, with events that tell no flavor in between",
                        known,
                        List.of(legacy(SMALL, 1), renamed(3), api(SMALL, 5), renamed(8), whole(SMALL, 200))),
                argumentSet("embedded first, then told", known, List.of(api(SMALL, 1), legacy(SMALL, 5))),
                argumentSet(
                        "told again and again",
                        known,
                        List.of(api(SMALL, 1), legacy(SMALL, 5), legacy(SMALL, 9), api(SMALL, 20))),
                argumentSet("told with all of it", known, List.of(versioned(ID, SMALL, 1), whole(SMALL, 5))),
                argumentSet(
                        "another of the same name and sizes is listed by now",
                        known,
                        List.of(legacy(SMALL, 1), api(SMALL.withId("9"), 5))),
                argumentSet(
                        "… and is found again and again",
                        known,
                        List.of(
                                versioned(ID, SMALL, 1),
                                api(SMALL.withId("9"), 5),
                                whole(SMALL.withId("9"), 200),
                                api(SMALL, 300))),
                argumentSet(
                        "nobody told it: what the list has",
                        SMALL.withId("9"),
                        List.of(api(known, 1), api(SMALL.withId("9"), 5))),
                argumentSet("told, then resized", LARGE, List.of(legacy(SMALL, 1), api(LARGE, 5))),
                argumentSet(
                        "… and back again, which no event told",
                        SMALL,
                        List.of(legacy(SMALL, 1), api(LARGE, 5), api(SMALL, 300))),
                argumentSet(
                        "told, then resized, which an event tells",
                        LARGE.withId("8"),
                        List.of(legacy(SMALL, 1), api(SMALL, 5), versioned("8", LARGE, 9), api(LARGE, 20))),
                argumentSet("a name that was given to another", grown, List.of(legacy(SMALL, 1), api(grown, 5))),
                argumentSet(
                        "… which differs by its swap alone",
                        swapped,
                        List.of(versioned(ID, SMALL, 1), api(swapped, 5))),
                argumentSet("told otherwise than embedded", null, List.of(api(SMALL, 1), legacy(grown, 5))),
                argumentSet("by its id alone from all sides", null, List.of(legacy(SMALL, 1), apiById(5))));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void story(@Nullable Flavor expected, List<Observation> seen) throws BodyException {
        Knowledge now = new Knowledge.Nothing(null);
        for (Observation one : seen) {
            if (Merge.of(now, one) instanceof Verdict.Put(CachedInstance put)) {
                CachedInstance read = InstanceBody.read(InstanceBody.write(put));
                assertThat(read).isEqualTo(put);
                now = new Knowledge.Here(read);
            }
        }
        Server server = ((Knowledge.Here) now).instance().server();
        assertThat(server.flavor()).isEqualTo(expected);
        assertThat(server.flavorId()).isEqualTo(expected == null ? ID : null);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void eachTwice_changesNothing(@Nullable Flavor expected, List<Observation> seen) {
        Knowledge now = new Knowledge.Nothing(null);
        for (Observation one : seen) {
            if (Merge.of(now, one) instanceof Verdict.Put(CachedInstance put)) {
                now = new Knowledge.Here(put);
                CachedInstance again = Merge.of(now, one) instanceof Verdict.Put(CachedInstance second) ? second : put;
                assertThat(again.server()).isEqualTo(put.server());
                assertThat(again.flavorTold()).isEqualTo(put.flavorTold());
            }
        }
    }

    @Test
    void idOfAnEmbeddedFlavor_isWrittenOnce() {
        Verdict told = Merge.of(new Knowledge.Nothing(null), versioned(ID, SMALL, 1));
        CachedInstance instance = ((Verdict.Put) told).instance();
        int without = InstanceBody.write(instance.with(null)).length();
        assertThat(InstanceBody.write(instance)).hasSizeLessThan(without + 20);
    }
}
