// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What became too old before anybody began it is told, whoever was there, and nothing else is. */
class MissedPeriodsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final AuditOptions OPTIONS = new AuditOptions(
            AuditPeriod.parse("hour"), Duration.ofMinutes(1), Duration.ofHours(4), Duration.ofMinutes(30));

    private final FakeCloud cloud = new FakeCloud();
    private final UsageAuditor auditor = new UsageAuditor(OPTIONS, cloud, cloud, cloud);
    private final MissedPeriods missed = missed();

    private MissedPeriods missed() {
        return new MissedPeriods(OPTIONS, cloud, auditor);
    }

    private static Period hour(int from) {
        Instant begin = NOON.plusSeconds(3_600L * from);
        return new Period(begin, begin.plusSeconds(3_600));
    }

    private void begun(int hour, int shares, boolean done) {
        for (int share = 0; share < shares; share++) {
            FakeCloud.Entry entry = new FakeCloud.Entry();
            entry.done = done;
            cloud.entries.put(auditor.key(hour(hour), share), entry);
        }
    }

    private void done(int hour) {
        begun(hour, HostShare.COUNT, true);
    }

    /** In the minute after that hour, of which the last four are due. */
    private String at(int hour) throws AuditException {
        return at(missed, hour);
    }

    private String at(MissedPeriods looker, int hour) throws AuditException {
        return looker.look(DuePeriods.at(hour(hour).end().plusSeconds(60), OPTIONS, cloud));
    }

    /** The same when whoever was still at something has ended. */
    private String wellAfter(int hour) throws AuditException {
        String atOnce = at(hour);
        String later = missed.look(DuePeriods.at(hour(hour).end().plusSeconds(900), OPTIONS, cloud));
        assertThat(later).contains(atOnce.isEmpty() ? "" : atOnce.substring(0, 20));
        return later;
    }

    private static String told(int from, int to) {
        return hour(from).begin() + " up to " + hour(to).end() + " was not audited in time, and will not be: ";
    }

    @Test
    void nothingIsMissedWhileAllIsDoneInTime() throws AuditException {
        cloud.from = NOON;
        for (int hour = 0; hour < 12; hour++) {
            assertThat(wellAfter(hour)).isEmpty();
            done(hour);
        }
    }

    @Test
    void whatWasLeftOutIsTold_whenItIsTooOld() throws AuditException {
        done(0);
        done(3);
        assertThat(wellAfter(3)).isEmpty();
        done(4);
        assertThat(wellAfter(4)).isEmpty();
        done(5);
        assertThat(at(5)).as("another may be at it").isEmpty();
        assertThat(wellAfter(5)).startsWith(told(1, 1)).endsWith("; a longer catch_up has it done");
        done(6);
        assertThat(wellAfter(6)).startsWith(told(1, 2)).doesNotContain("; " + hour(2).begin());
        done(7);
        assertThat(wellAfter(7)).startsWith(told(1, 2));
    }

    @Test
    void whatAnotherDoesWhenItHasJustBecomeTooOldIsNotMissed() throws AuditException {
        for (int hour : new int[] {0, 2, 3, 4, 5}) {
            done(hour);
        }
        assertThat(at(4)).isEmpty();
        assertThat(at(5)).isEmpty();
        done(1);
        assertThat(wellAfter(5)).isEmpty();
    }

    /** Nobody can look while the ledger is away; what was left out before that is told with it. */
    @Test
    void whatWasLeftOutBeforeNobodyWasThereIsTold() throws AuditException {
        done(0);
        assertThat(wellAfter(3)).isEmpty();
        done(3);
        assertThat(wellAfter(9)).contains(told(1, 2)).contains(told(4, 5));
    }

    /** Of an earlier version, or of another source of the inventory. */
    @Test
    void whatWasDividedOtherwiseIsDone() throws AuditException {
        for (int hour : new int[] {0, 2, 3, 4, 5}) {
            done(hour);
        }
        for (int share = 0; share < HostShare.COUNT; share++) {
            FakeCloud.Entry entry = new FakeCloud.Entry();
            entry.done = true;
            cloud.entries.put(new AuditKey(UsageAuditor.TASK, "rows/" + share, hour(1)), entry);
        }
        assertThat(wellAfter(4)).isEmpty();
        assertThat(wellAfter(5)).isEmpty();
    }

    @Test
    void aPeriodOfWhichSomeSharesAreDoneIsMissed() throws AuditException {
        for (int hour : new int[] {0, 2, 3, 4}) {
            done(hour);
        }
        begun(1, HostShare.COUNT - 1, true);
        assertThat(wellAfter(4)).isEmpty();
        done(5);
        assertThat(wellAfter(5)).startsWith(told(1, 1));
    }

    /** That is told of the audit that was begun. */
    @Test
    void aPeriodThatWasBegunIsNot() throws AuditException {
        for (int hour : new int[] {0, 2, 3, 4}) {
            done(hour);
        }
        begun(1, 1, false);
        assertThat(wellAfter(4)).isEmpty();
        done(5);
        assertThat(wellAfter(5)).isEmpty();
    }

    @Test
    void manyAtOnceAreOneTime() throws AuditException {
        done(0);
        assertThat(at(0)).isEmpty();
        assertThat(at(20)).startsWith(told(1, 16));
    }

    /** Nobody can know it by looking: of what is older than the inventory nothing is due. */
    @Test
    void whatIsOlderThanTheInventoryIsNotMissed() throws AuditException {
        cloud.from = null;
        assertThat(at(0)).isEmpty();
        cloud.from = NOON.plusSeconds(1_800);
        assertThat(at(0)).isEmpty();
        done(1);
        assertThat(at(1)).isEmpty();
        done(2);
        assertThat(at(6)).isEmpty();
        assertThat(at(7)).startsWith(told(3, 3));
    }

    @Test
    void whoBeginsWhenOthersHaveBegunMissesNothing() throws AuditException {
        cloud.from = null;
        MissedPeriods second = missed();
        assertThat(at(second, 0)).isEmpty();
        cloud.from = NOON;
        assertThat(at(0)).isEmpty();
        done(0);
        assertThat(at(second, 0)).isEmpty();
        assertThat(at(second, 1)).isEmpty();
        assertThat(at(second, 2)).isEmpty();
    }
}
